using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Knows how loud a slot may get: 16 times full scale at most, or 16 times what it was given where that was beyond full
/// scale, and at most 40 dB above the peak it was given lately. A mutable struct: keep it in a field that is not
/// readonly. "Lately" is 100 ms and the effect's own latency and tail, because an echo may follow its sound by more
/// than that.
/// </summary>
internal struct RunawayDetector
{
    /// <summary>No sample may be larger, after a line within full scale.</summary>
    public const float HardLimit = 16;

    // Quieter input than this counts as this much, so that effects may make sounds of their own (a gate's hiss, a
    // carrier).
    private const float Floor = 1e-3f;
    private const float Gain = 100;

    private readonly long _window;
    private float _current;
    private float _previous;
    private long _seen;

    public RunawayDetector(AudioFormat format, EffectTiming timing)
    {
        _window = format.Frames(100) + (long)timing.LatencyFrames + timing.TailFrames;
        _current = Floor;
        _previous = Floor;
    }

    /// <summary>The largest sample the slot may return now.</summary>
    public readonly float Limit
    {
        get
        {
            float given = Math.Max(_current, _previous);
            return Math.Min(HardLimit * Math.Max(1, given), given * Gain);
        }
    }

    /// <summary>Takes note of a block's input peak.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(float inputPeak, int frames)
    {
        // Two windows take turns, so a peak counts for one to two windows.
        if (_seen >= _window)
        {
            _previous = _current;
            _current = Floor;
            _seen = 0;
        }

        _seen += frames;
        _current = Math.Max(_current, inputPeak);
    }

    /// <summary>Forgets the input.</summary>
    public void Reset()
    {
        _current = Floor;
        _previous = Floor;
        _seen = 0;
    }

    public readonly string Describe(float outputPeak) => string.Create(
        CultureInfo.InvariantCulture,
        $"returned a peak of {outputPeak:G3}, above the {Limit:G3} allowed after what it was given");
}
