using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Takes a constant off a line before it is levelled, which would raise it with the voice: a first-order high-pass at 5
/// Hz, 0.2 dB down at 25 Hz. It begins with the mean of the first samples, so that a line that begins with a constant
/// begins without a thump. Audio thread.
/// </summary>
internal sealed class DcBlocker
{
    private const double Hertz = 5;

    private readonly double _share;
    private readonly (double Constant, int Seen)[] _channels;

    /// <summary>Makes one.</summary>
    /// <param name="format">The line's rate and channels.</param>
    public DcBlocker(AudioFormat format)
    {
        _share = 1 - Math.Exp(-Math.Tau * Hertz / format.SampleRate);
        _channels = new (double, int)[format.Channels];
    }

    /// <summary>Takes the constant off a block in place.</summary>
    /// <returns>The block's peak.</returns>
    public float Process(in AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            _channels[channel] = Process(block[channel], _channels[channel]);
        return PeakLevel.Of(block);
    }

    /// <summary>The line is over: the silence behind it has no constant that could be missing.</summary>
    public void End() => Reset();

    /// <summary>Forgets everything.</summary>
    public void Reset() => Array.Clear(_channels);

    private (double Constant, int Seen) Process(Span<float> samples, (double Constant, int Seen) state)
    {
        (double constant, int seen) = state;
        int at = 0;
        // Digital silence in front is no part of the line.
        while (seen == 0 && at < samples.Length && samples[at] == 0)
            at++;
        for (; at < samples.Length && seen * _share < 1; at++)
        {
            if (seen++ == 0)
                constant = samples[at];
            double above = samples[at] - constant;
            constant += above / seen;
            samples[at] = (float)above;
        }

        foreach (ref float sample in samples[at..])
        {
            double above = sample - constant;
            constant += _share * above;
            sample = (float)above;
        }

        return (constant, seen);
    }
}
