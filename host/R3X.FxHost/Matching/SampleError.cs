using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Matching;

/// <summary>What other words alone would make of the distance between a voice and a character.</summary>
/// <param name="target">The character.</param>
/// <param name="lines">The voice's lines.</param>
internal sealed class SampleError(MatchTarget target, IReadOnlyList<FitLine> lines)
{
    // What a line's colour varies by from band to band because of its words, as if so many lines had been measured as
    // well.
    private const double UsualSpread = 2.8;
    private const double UsualLines = 4;

    /// <summary>Whether the voice is no farther from the character than chance would have it.</summary>
    public bool Explains(IReadOnlyList<FitLine> of)
    {
        double[] mean = Mean(of);
        double distance = 0;
        double error = 0;
        for (int band = 0; band < mean.Length; band++)
        {
            distance += Math.Pow(mean[band] - target.Tone[band], 2);
            error += Math.Pow(target.ErrorOf(band), 2) + Math.Pow(ErrorOf(band, mean[band]), 2);
        }

        return distance <= error;
    }

    private double ErrorOf(int band, double mean)
    {
        double squares = lines.Sum(line => Math.Pow(line.Dry.Tone[band] - mean, 2))
            + (UsualLines * UsualSpread * UsualSpread);
        return Math.Sqrt(squares / (lines.Count - 1 + UsualLines) / lines.Count);
    }

    private static double[] Mean(IReadOnlyList<FitLine> lines) =>
        [.. lines[0].Dry.Tone.Select((_, band) => lines.Sum(line => line.Weight * line.Dry.Tone[band]))];
}
