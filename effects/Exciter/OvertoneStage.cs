using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>Sends a band through the <see cref="OvertoneCurve"/>: at four times the rate and averaged between samples, or plain for draft quality.</summary>
internal sealed class OvertoneStage
{
    private const int Many = Oversampler.Factor * SegmentClock.Frames;

    // The place of the older sample, so that the new ones lie where memory is fast.
    private const int Before = 16;

    private readonly Oversampler? _oversampler;
    private readonly float[] _last;
    private readonly AudioBuffer _input = new(1, Before + Many + OvertoneCurve.Spare);
    private readonly AudioBuffer _output = new(1, Many + OvertoneCurve.Spare);

    public OvertoneStage(int channels, bool oversample)
    {
        _oversampler = oversample ? new Oversampler(channels) : null;
        _last = new float[channels];
    }

    /// <summary>
    /// Frames by which the overtones are late. Rounded up, since overtones lie where the oversampler delays by more than at 0 Hz.
    /// </summary>
    public int LatencyFrames => _oversampler is null ? 0 : (int)Math.Ceiling(Oversampler.DelayFrames + (0.5 / Oversampler.Factor));

    /// <summary>Frames that still ring after the latency.</summary>
    public int TailFrames => _oversampler is null ? 0 : Oversampler.RingFrames;

    /// <summary>Turns a band into its overtones, in place, times the gain.</summary>
    public void Process(int channel, Span<float> samples, ref Ramp gain)
    {
        if (_oversampler is null)
        {
            Plain(samples, ref gain);
            return;
        }

        int count = Oversampler.Factor * samples.Length;
        var input = _input[0];
        input[Before - 1] = _last[channel];
        _oversampler.Up(channel, samples, input[Before..]);
        _last[channel] = input[Before - 1 + count];
        Shape(samples.Length, ref gain);
        _oversampler.Down(channel, _output[0][..count], samples);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _oversampler?.Clear();
        Array.Clear(_last);
    }

    private static void Plain(Span<float> samples, ref Ramp gain)
    {
        for (; samples.Length > 0 && gain.IsMoving; samples = samples[1..])
            OvertoneCurve.At(samples[..1], (float)gain.Next());
        OvertoneCurve.At(samples, (float)gain.Value);
    }

    private void Shape(int frames, ref Ramp gain)
    {
        if (!gain.IsMoving)
        {
            Shape(0, frames, (float)gain.Value);
            return;
        }

        for (int i = 0; i < frames; i++)
            Shape(i, 1, (float)gain.Next());
    }

    // What a last register computes past the samples is overwritten by the next ones.
    private void Shape(int start, int frames, float gain)
    {
        int at = Oversampler.Factor * start;
        OvertoneCurve.Between(_input[0][(Before - 1 + at)..], _output[0][at..], Oversampler.Factor * frames, gain);
    }
}
