using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel of tube: w[n] = x[n] + feedback * lowpass(w[n - loop]); out = x + mix * (what the tube adds). Taps lie between
/// samples by third-order Lagrange interpolation, which never amplifies, so a loop gain below 1 is stable at every setting.
/// </summary>
internal sealed class CombLine
{
    /// <summary>The shortest loop in frames: a tap needs a newer neighbour that is already written.</summary>
    public const double ShortestDelay = 2;

    private readonly float[] _memory;
    private int _next;
    private float _damped;

    /// <param name="longestDelay">In frames.</param>
    public CombLine(int longestDelay) => _memory = new float[BitOperations.RoundUpToPowerOf2((uint)longestDelay + 4)];

    /// <summary>What a one-pole low-pass keeps so that it is at -3 dB exactly at its frequency.</summary>
    /// <param name="frequency">As a fraction of the sample rate, to 0.5.</param>
    public static double KeepFor(double frequency)
    {
        double b = 2 - Math.Cos(2 * Math.PI * frequency);
        return b - Math.Sqrt((b * b) - 1);
    }

    /// <summary>Sends samples through the tube, in place.</summary>
    public void Process(Span<float> samples, in CombSettings settings)
    {
        var loop = new Tap(settings.LoopFrames);
        var direct = new Tap(settings.DirectFrames);
        float feedback = settings.Feedback, feedforward = settings.Feedforward, mix = settings.Mix;
        float keep = settings.Keep, take = 1 - keep;
        float damped = _damped;
        var memory = _memory;
        int mask = memory.Length - 1;
        int next = _next;
        bool echo = feedforward != 0;
        foreach (ref float sample in samples)
        {
            damped = (take * loop.Read(memory, next)) + (keep * damped);
            float x = sample;
            float ring = feedback * damped;
            float added = echo ? ring + (feedforward * direct.Read(memory, next)) : ring;
            memory[next] = x + ring;
            next = (next + 1) & mask;
            sample = x + (mix * added);
        }

        _damped = damped;
        _next = next;
    }

    /// <summary>Takes what was written since the last time and has decayed to 0.</summary>
    public void Flush()
    {
        _damped = Denormal.Flush(_damped);
        int length = Math.Min(SegmentClock.Frames, _memory.Length);
        int start = (_next - length) & (_memory.Length - 1);
        int first = Math.Min(length, _memory.Length - start);
        Denormal.Flush(_memory.AsSpan(start, first));
        Denormal.Flush(_memory.AsSpan(0, length - first));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_memory);
        _next = 0;
        _damped = 0;
    }

    /// <summary>Lagrange weights of the samples at whole - 1 ... whole + 2 frames ago.</summary>
    private readonly struct Tap
    {
        private readonly int _whole;
        private readonly float _a;
        private readonly float _b;
        private readonly float _c;
        private readonly float _d;

        public Tap(double frames)
        {
            _whole = (int)frames;
            float t = (float)(frames - _whole);
            _a = t * (t - 1) * (t - 2) * (-1f / 6);
            _b = (t + 1) * (t - 1) * (t - 2) * 0.5f;
            _c = (t + 1) * t * (t - 2) * -0.5f;
            _d = (t + 1) * t * (t - 1) * (1f / 6);
        }

        // At a whole delay a, c and d are 0 and b is 1.
        public float Read(float[] memory, int next)
        {
            // With the mask taken from the length, the compiler sees that no index can be outside.
            int mask = memory.Length - 1;
            int at = next - _whole;
            return ((_a * memory[(at + 1) & mask]) + (_b * memory[at & mask])) + ((_c * memory[(at - 1) & mask]) + (_d * memory[(at - 2) & mask]));
        }
    }
}
