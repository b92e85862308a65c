using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// The highest point of the waveform between samples (ITU-R BS.1770-4, annex 2), looked at on eight points per sample.
/// One thread at a time; allocates only when made.
/// </summary>
public sealed class TruePeakMeter
{
    private readonly PeakInterpolator[] _channels;

    /// <summary>Makes a meter.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    public TruePeakMeter(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _channels = new PeakInterpolator[channels];
        for (int channel = 0; channel < channels; channel++)
            _channels[channel] = new PeakInterpolator();
    }

    /// <summary>The highest magnitude so far over all channels, full scale at 1.0.</summary>
    public double Peak
    {
        get
        {
            float peak = 0;
            foreach (PeakInterpolator channel in _channels)
                peak = Math.Max(peak, channel.Peak);
            return peak;
        }
    }

    /// <summary><see cref="Peak"/> in dBTP; negative infinity for silence.</summary>
    public double Level => Decibels.FromGain(Peak);

    /// <summary>
    /// Measures the next frames. What is between the last few samples is known when more have come, or with
    /// <see cref="Finish"/>.
    /// </summary>
    /// <param name="block">As many channels as the meter; any number of frames. It is not changed.</param>
    public void Process(AudioBlock block)
    {
        if (block.Channels != _channels.Length)
            throw new ArgumentException(
                $"The meter has {_channels.Length} channels, the block {block.Channels}.", nameof(block));
        for (int channel = 0; channel < _channels.Length; channel++)
            _channels[channel].Measure(block[channel]);
    }

    /// <summary>Measures the end of the stream as if silence followed.</summary>
    public void Finish()
    {
        Span<float> silence = stackalloc float[PeakInterpolator.Reach];
        silence.Clear();
        foreach (PeakInterpolator channel in _channels)
            channel.Measure(silence);
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        foreach (PeakInterpolator channel in _channels)
            channel.Clear();
    }
}
