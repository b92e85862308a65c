using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Takes a constant off a line before it is levelled, which would raise it with the voice: a first-order high-pass at 5 Hz, 0.2 dB down at
/// 25 Hz. It begins with the line's first sample, so that a line that begins with a constant begins without a thump. Audio thread.
/// </summary>
internal sealed class DcBlocker
{
    private const double Hertz = 5;

    private readonly double _share;
    private readonly double[] _constants;
    private bool _hasBegun;

    /// <summary>Makes one.</summary>
    /// <param name="format">The line's rate and channels.</param>
    public DcBlocker(AudioFormat format)
    {
        _share = 1 - Math.Exp(-Math.Tau * Hertz / format.SampleRate);
        _constants = new double[format.Channels];
    }

    /// <summary>Takes the constant off a block in place.</summary>
    /// <returns>The block's peak.</returns>
    public float Process(in AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            double constant = _hasBegun ? _constants[channel] : samples[0];
            foreach (ref float sample in samples)
            {
                double above = sample - constant;
                constant += _share * above;
                sample = (float)above;
            }

            _constants[channel] = constant;
        }

        _hasBegun = true;
        return PeakScan.Of(block);
    }

    /// <summary>The line is over: the silence behind it has no constant that could be missing.</summary>
    public void End() => Array.Clear(_constants);

    /// <summary>Forgets everything.</summary>
    public void Reset() => _hasBegun = false;
}
