using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>Where the bands lie: side by side in equal steps of pitch from 100 Hz to 8 kHz.</summary>
internal sealed class BandPlan
{
    /// <summary>The lower edge of the lowest band, in Hz.</summary>
    public const double Lowest = 100;

    /// <summary>The upper edge of the highest band, in Hz.</summary>
    public const double Highest = 8000;

    // Two equal resonances one after the other are narrower than one by this: sqrt(sqrt 2 - 1).
    private const double Narrowing = 0.64359425;

    private readonly double _stageQ;

    /// <param name="sampleRate">In Hz.</param>
    /// <param name="asked">Bands to lay out; those that the sample rate cannot carry are left out.</param>
    public BandPlan(int sampleRate, int asked)
    {
        double step = Math.Pow(Highest / Lowest, 1.0 / asked);
        double q = 1 / (Math.Sqrt(step) - (1 / Math.Sqrt(step)));
        _stageQ = q * Narrowing;
        SampleRate = sampleRate;
        var centres = new double[asked];
        for (int i = 0; i < asked; i++)
        {
            centres[i] = Lowest * Math.Pow(step, i + 0.5);
            if (centres[i] <= MatchedFilters.HighestFrequency * sampleRate)
                Count = i + 1;
        }

        Centres = centres[..Count];
        Stride = (Count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
    }

    /// <summary>The line's rate in Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Bands there are.</summary>
    public int Count { get; }

    /// <summary>The same, filled up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>Middle of each band in Hz.</summary>
    public double[] Centres { get; }

    /// <summary>Damping of each of a band's two resonances, 1/Q.</summary>
    public double Damping => 1 / _stageQ;

    /// <summary>
    /// Width in Hz of the box that lets through as much noise as a band: of two resonances, pi f / (4 Q).
    /// </summary>
    public double NoiseWidth(int band) => Math.PI * Centres[band] / (4 * _stageQ);

    /// <summary>Frames until the slowest band is silent.</summary>
    public int RingFrames => (int)Math.Ceiling(12 * _stageQ / (Math.PI * Centres[0]) * SampleRate);
}
