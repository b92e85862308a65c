using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering;

/// <summary>
/// The spectrum of what was heard last, in bands of a sixth of an octave, of the mean of all channels. One thread at a
/// time.
/// </summary>
public sealed class BandSpectrum
{
    /// <summary>How many bands there are.</summary>
    public const int Count = 52;

    private const double Lowest = 50;
    private const double BandsPerOctave = 6;

    // What is looked at: two periods of the lowest band at least.
    private const double WindowSeconds = 0.085;

    private readonly int _channels;
    private readonly double _binHz;
    private readonly float[] _recent;
    private readonly float[] _ordered;
    private readonly Frames _frames;
    private readonly double _scale;
    private int _next;

    /// <summary>Makes one.</summary>
    /// <param name="format">What is heard.</param>
    public BandSpectrum(AudioFormat format)
    {
        _channels = format.Channels;
        int size = 1024;
        while (size < format.SampleRate * WindowSeconds)
            size *= 2;
        _binHz = (double)format.SampleRate / size;
        _recent = new float[size];
        _ordered = new float[size];
        double[] window = Frames.Hann(size);
        _frames = new Frames(window, size);
        double energy = 0;
        foreach (double value in window)
            energy += value * value;
        // So that the bins' powers add up to the mean square.
        _scale = 2 / (energy * size);
    }

    /// <summary>A band's middle, in Hz: 50 Hz times 2^(band / 6).</summary>
    /// <param name="band">0 to 51.</param>
    public static double MiddleOf(int band) => Lowest * Math.Pow(2, band / BandsPerOctave);

    /// <summary>Hears a block.</summary>
    /// <param name="block">Any number of frames; it is not changed.</param>
    public void Hear(AudioBlock block)
    {
        for (int i = 0; i < block.Frames; i++)
        {
            float sum = 0;
            for (int channel = 0; channel < block.Channels; channel++)
                sum += block[channel][i];
            _recent[_next] = sum / _channels;
            _next = (_next + 1) % _recent.Length;
        }
    }

    /// <summary>Each band's RMS over the last tenth of a second in dBFS, lowest first: a sine of full scale reads -3.
    /// Negative infinity for silence, and above half the sample rate. Allocates.</summary>
    public IReadOnlyList<double> Read()
    {
        _recent.AsSpan(_next).CopyTo(_ordered);
        _recent.AsSpan(0, _next).CopyTo(_ordered.AsSpan(_recent.Length - _next));
        _frames.LookAt(_ordered, 0);
        double[] levels = new double[Count];
        double half = Math.Pow(2, 0.5 / BandsPerOctave);
        for (int band = 0; band < Count; band++)
        {
            double power = Power(MiddleOf(band) / half / _binHz, MiddleOf(band) * half / _binHz);
            levels[band] = 10 * Math.Log10(power);
        }

        return levels;
    }

    // A bin stands for half a bin to either side, of which a narrow band gets a part.
    private double Power(double from, double to)
    {
        double sum = 0;
        for (int bin = (int)Math.Round(from); bin <= Math.Round(to) && bin < _frames.Power.Length - 1; bin++)
            sum += _frames.Power[bin] * Math.Max(0, Math.Min(to, bin + 0.5) - Math.Max(from, bin - 0.5));
        return sum * _scale;
    }
}
