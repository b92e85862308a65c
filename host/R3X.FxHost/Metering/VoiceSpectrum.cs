using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering;

/// <summary>
/// The long-term average spectrum of a voice, whatever its level: at 44.1 kHz, Hann windows of 2,048 samples, 512
/// apart; of those within 30 dB of the loudest, each power spectrum divided by its energy, averaged; in bands of a
/// third of an octave.
/// </summary>
public sealed class VoiceSpectrum
{
    private const int Rate = 44_100;
    private const int Size = 2_048;
    private const int Hop = 512;
    private const double Range = 30;

    // Nothing in a recording of a voice is below; it keeps a band without any sound finite.
    private const double Floor = -100;

    private readonly double[] _average;

    private VoiceSpectrum(double[] average, int sampleRate)
    {
        _average = average;
        HighestFrequency = Math.Min(sampleRate, Rate) / 2.0;
    }

    /// <summary>Half the sample rate of the sound, and at most 22,050 Hz: bands above hold nothing.</summary>
    public double HighestFrequency { get; }

    /// <summary>Analyses a voice.</summary>
    /// <param name="samples">One channel; every channel's mean for more.</param>
    /// <param name="sampleRate">8,000 to 192,000 Hz.</param>
    /// <returns>Null when there is no sound in it.</returns>
    public static VoiceSpectrum? Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        float[] sound = Resampled.To(Rate, samples, sampleRate);
        var frames = new Frames(Frames.Hann(Size), Size);
        var energies = new List<double>();
        double loudest = 0;
        for (int start = 0; start == 0 || start + Size <= sound.Length; start += Hop)
        {
            energies.Add(frames.LookAt(sound, start));
            loudest = Math.Max(loudest, energies[^1]);
        }

        if (loudest <= 0)
            return null;
        double least = loudest * Math.Pow(10, -Range / 10);
        var average = new double[frames.Power.Length];
        for (int i = 0; i < energies.Count; i++)
        {
            if (energies[i] < least)
                continue;
            frames.LookAt(sound, (long)i * Hop);
            for (int bin = 0; bin < average.Length; bin++)
                average[bin] += frames.Power[bin] / energies[i];
        }

        return new VoiceSpectrum(average, sampleRate);
    }

    /// <summary>
    /// The level of third-octave bands in dB relative to the sum of all of them. A band reaches from its centre /
    /// 2^(1/6) up to its centre * 2^(1/6) and has the mean of the bins inside times its width.
    /// </summary>
    /// <param name="centres">Centre frequencies in Hz.</param>
    public double[] Levels(IReadOnlyList<double> centres)
    {
        var levels = new double[centres.Count];
        double sum = 0;
        for (int band = 0; band < levels.Length; band++)
        {
            levels[band] = BandPower(centres[band]);
            sum += levels[band];
        }

        for (int band = 0; band < levels.Length; band++)
            levels[band] = Math.Max(Floor, 10 * Math.Log10(levels[band] / sum));
        return levels;
    }

    /// <summary>The level of the third of an octave around each frequency in dB relative to the whole spectrum: a
    /// smooth curve.</summary>
    /// <param name="frequencies">In Hz.</param>
    /// <returns>NaN above <see cref="HighestFrequency"/>.</returns>
    public double[] Curve(IReadOnlyList<double> frequencies)
    {
        double whole = 0;
        foreach (double power in _average)
            whole += power * Rate / Size;
        var curve = new double[frequencies.Count];
        for (int i = 0; i < curve.Length; i++)
            curve[i] = frequencies[i] > HighestFrequency
                ? double.NaN : Math.Max(Floor, 10 * Math.Log10(SmoothPower(frequencies[i]) / whole));
        return curve;
    }

    // With parts of bins at both edges, so that the curve has no steps where a bin comes in.
    private double SmoothPower(double centre)
    {
        double low = centre / Math.Pow(2, 1.0 / 6) * Size / Rate;
        double high = centre * Math.Pow(2, 1.0 / 6) * Size / Rate;
        double power = 0;
        for (int bin = (int)Math.Round(low); bin < _average.Length && bin - 0.5 < high; bin++)
            power += _average[bin] * Math.Max(0, Math.Min(high, bin + 0.5) - Math.Max(low, bin - 0.5));
        return power * Rate / Size;
    }

    private double BandPower(double centre)
    {
        double low = centre / Math.Pow(2, 1.0 / 6);
        double high = centre * Math.Pow(2, 1.0 / 6);
        double power = 0;
        int bins = 0;
        for (int bin = (int)Math.Ceiling(low * Size / Rate); bin < _average.Length && bin < high * Size / Rate; bin++)
        {
            power += _average[bin];
            bins++;
        }

        // A band between two bins, far down, has what the nearer of them has.
        return (bins == 0 ? _average[(int)Math.Round(centre * Size / Rate)] : power / bins) * (high - low);
    }
}
