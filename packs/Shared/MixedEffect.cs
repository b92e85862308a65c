using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Packs;

/// <summary>
/// An effect of some library, mixed with its own input, as late as the effect is. The library's own mix is left alone:
/// few delay the dry sound, and none is exact at 0.
/// </summary>
/// <param name="mix">The setting that mixes, in percent; 0 is neutral.</param>
/// <param name="others">The other settings.</param>
public abstract class MixedEffect(Parameter mix, params Parameter[] others) : SegmentedEffect([mix, .. others])
{
    // What is left of a sound that is no longer there: -180 dB. Few libraries come to an exact 0 by themselves.
    private const float Nothing = 1e-9f;

    private readonly float[] _gains = new float[SegmentFrames];
    private Ramp _mix;
    private AudioBuffer _dry = null!;
    private FixedDelay _delay = null!;
    private float _loudestInput;
    private float _loudestOutput;

    /// <summary>The usual setting that mixes.</summary>
    /// <param name="default">In percent.</param>
    /// <param name="help">One sentence.</param>
    protected static Parameter MixSetting(double @default, string help) =>
        new("mix", ParameterUnit.Percent, 0, 100, @default, help) { Neutral = 0 };

    /// <summary>Makes what the library's effect needs.</summary>
    /// <param name="setup">The line's format and starting values.</param>
    /// <returns>How late it is, and how long it rings on.</returns>
    protected abstract EffectTiming Make(EffectSetup setup);

    /// <summary>Turns one channel's finite samples into the library's sound, in place.</summary>
    protected abstract void Process(int channel, Span<float> samples);

    /// <summary>Forgets everything heard.</summary>
    protected abstract void ClearLibrary();

    /// <summary>Takes up the values of settings that can move.</summary>
    /// <param name="atOnce">True at a line's start.</param>
    protected virtual void ApplyOthers(bool atOnce)
    {
    }

    protected sealed override void Allocate(EffectSetup setup)
    {
        Timing = Make(setup);
        _dry = new AudioBuffer(1, SegmentFrames);
        _delay = new FixedDelay(setup.Format.Channels, Timing.LatencyFrames);
    }

    /// <summary>Latency and tail as <see cref="Make"/> gave them.</summary>
    protected EffectTiming Timing { get; private set; }

    protected sealed override EffectTiming Describe(EffectSetup setup) => Timing;

    protected sealed override void Clear()
    {
        ClearLibrary();
        _delay.Clear();
        (_loudestInput, _loudestOutput) = (0, 0);
    }

    protected sealed override void ApplySettings(bool atOnce)
    {
        if (HasChanged(mix))
            _mix.MoveTo(this[mix] / 100, atOnce);
        ApplyOthers(atOnce);
    }

    protected sealed override void ProcessSegment(AudioBlock segment)
    {
        bool isMoving = _mix.IsMoving;
        for (int i = 0; isMoving && i < segment.Frames; i++)
            _gains[i] = (float)_mix.Next();
        float standing = (float)_mix.Value;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            Span<float> wet = segment[channel];
            Span<float> dry = _dry[0][..wet.Length];
            _loudestInput = MathF.Max(_loudestInput, Peak(wet));
            _delay.Process(channel, wet, dry);
            Process(channel, wet);
            _loudestOutput = MathF.Max(_loudestOutput, Peak(wet));
            // At neutral the sound is left as it came; the library goes on hearing, so that moving away makes no click.
            if (!isMoving && standing == 0)
                dry.CopyTo(wet);
            for (int i = 0; (isMoving || standing != 0) && i < wet.Length; i++)
                wet[i] = dry[i] + ((isMoving ? _gains[i] : standing) * (wet[i] - dry[i]));
        }
    }

    protected sealed override void Flush()
    {
        if (_loudestInput == 0 && _loudestOutput is > 0 and < Nothing)
            ClearLibrary();
        (_loudestInput, _loudestOutput) = (0, 0);
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float sample in samples)
            peak = MathF.Max(peak, MathF.Abs(sample));
        return peak;
    }
}
