using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// The bands of the tone meter cut into parts of some 75 Hz, 25 Hz where the first harmonics are: fine enough that
/// what a filter does to a voice follows from its gain in each, within 0.15 dB.
/// </summary>
internal sealed class SubBands
{
    private const double Width = 75;
    private const double NarrowWidth = 25;
    private const double Narrow = 900;
    private const double LowestEnergy = 200;

    // Frames within 25 dB of the 95th percentile.
    private static readonly double SpeechRange = Math.Pow(10, -2.5);

    private readonly (double From, double To)[] _parts;
    private readonly int[] _band;
    private readonly double[] _perBin;

    /// <param name="edges">The edges of the meter's bands, in Hz, rising.</param>
    public SubBands(IReadOnlyList<double> edges)
    {
        Bands = edges.Count - 1;
        var parts = new List<(double, double)>();
        var band = new List<int>();
        for (int i = 0; i < Bands; i++)
        {
            double width = edges[i] < Narrow ? NarrowWidth : Width;
            int count = Math.Max(1, (int)Math.Round((edges[i + 1] - edges[i]) / width));
            double step = (edges[i + 1] - edges[i]) / count;
            for (int part = 0; part < count; part++)
            {
                parts.Add((edges[i] + (part * step), edges[i] + ((part + 1) * step)));
                band.Add(i);
            }
        }

        // Below the bands, what counts in a frame's energy as well.
        parts.Add((LowestEnergy, edges[0]));
        band.Add(Bands);
        _parts = [.. parts];
        _band = [.. band];
        _perBin = [.. Enumerable.Range(0, Bands).Select(i => PowerFrames.Frequency(1) / (edges[i + 1] - edges[i]))];
    }

    /// <summary>How many parts the bands have.</summary>
    public int Count => _parts.Length - 1;

    /// <summary>How many bands the meter has.</summary>
    public int Bands { get; }

    /// <summary>
    /// A frame's power in every part, and in what is below them; bins cut at the edges count in part.
    /// </summary>
    /// <param name="power">Power per bin.</param>
    /// <param name="binHertz">Distance of the bins.</param>
    public float[] Powers(ReadOnlySpan<float> power, double binHertz)
    {
        var powers = new float[_parts.Length];
        for (int i = 0; i < powers.Length; i++)
        {
            (double from, double to) = _parts[i];
            double sum = 0;
            int last = Math.Min(power.Length - 1, (int)Math.Floor((to / binHertz) + 0.5));
            for (int bin = (int)Math.Floor((from / binHertz) + 0.5); bin <= last; bin++)
            {
                double low = Math.Max(from, (bin - 0.5) * binHertz);
                double high = Math.Min(to, (bin + 0.5) * binHertz);
                sum += Math.Max(0, (high - low) / binHertz) * power[bin];
            }

            powers[i] = (float)sum;
        }

        return powers;
    }

    /// <summary>What a filter does to the power of every part.</summary>
    public double[] Gains(LinearResponse response) => [.. _parts.Select(part => response.Mean(part.From, part.To))];

    /// <summary>
    /// The levels of the meter's bands as <see cref="ToneBands"/> gives them, behind a filter: of frames that carry
    /// speech, which are chosen anew, for a filter changes which are loud.
    /// </summary>
    /// <param name="frames">What <see cref="Powers"/> gave, of all frames.</param>
    /// <param name="gains">What <see cref="Gains"/> gave.</param>
    public double[] Tone(IReadOnlyList<float[]> frames, double[] gains)
    {
        double[][] bands = [.. frames.Select(frame => Filtered(frame, gains))];
        double[] energies = [.. bands.Select(band => band.Sum())];
        double least = Percentile.Of([.. energies], 95) * SpeechRange;
        double[] tone = new double[Bands];
        int count = 0;
        for (int frame = 0; frame < bands.Length; frame++)
        {
            if (!(energies[frame] > least))
                continue;
            count++;
            for (int i = 0; i < tone.Length; i++)
                tone[i] += Math.Log10((bands[frame][i] * _perBin[i] / energies[frame]) + 1e-9);
        }

        double factor = 10.0 / Math.Max(1, count);
        double mean = tone.Average() * factor;
        return [.. tone.Select(value => (value * factor) - mean)];
    }

    private double[] Filtered(float[] frame, double[] gains)
    {
        double[] bands = new double[Bands + 1];
        for (int i = 0; i < frame.Length; i++)
            bands[_band[i]] += frame[i] * gains[i];
        return bands;
    }
}
