using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>Plain levels of a stream: RMS over all channels and the highest sample. One thread at a time; allocates
/// only when made.</summary>
public sealed class LevelMeter
{
    private readonly double[] _energies;
    private float _peak;
    private long _frames;

    /// <summary>Makes a meter.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    public LevelMeter(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _energies = new double[channels];
    }

    /// <summary>The highest sample's magnitude in dBFS; negative infinity for silence.</summary>
    public double Peak => Decibels.FromGain(_peak);

    /// <summary>The root of the mean square in dBFS, where a full-scale square wave has 0; negative infinity for
    /// silence.</summary>
    public double Rms
    {
        get
        {
            double energy = 0;
            foreach (double channel in _energies)
                energy += channel;
            return _frames == 0 ? double.NegativeInfinity : 10 * Math.Log10(energy / _energies.Length / _frames);
        }
    }

    /// <summary>How far the peak is above the RMS level, in dB; 0 for silence.</summary>
    public double CrestFactor => _peak == 0 ? 0 : Peak - Rms;

    /// <summary>Measures the next frames; what is no sound (NaN, beyond +-1e6) counts as silence.</summary>
    /// <param name="block">As many channels as the meter; any number of frames. It is not changed.</param>
    public void Process(AudioBlock block)
    {
        if (block.Channels != _energies.Length)
            throw new ArgumentException(
                $"The meter has {_energies.Length} channels, the block {block.Channels}.", nameof(block));
        for (int channel = 0; channel < _energies.Length; channel++)
        {
            double energy = _energies[channel];
            float peak = _peak;
            foreach (float given in block[channel])
            {
                float sample = Math.Abs(given) <= FiniteSamples.Limit ? Math.Abs(given) : 0;
                energy += (double)sample * sample;
                peak = sample > peak ? sample : peak;
            }

            _energies[channel] = energy;
            _peak = peak;
        }

        _frames += block.Frames;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_energies);
        _peak = 0;
        _frames = 0;
    }
}
