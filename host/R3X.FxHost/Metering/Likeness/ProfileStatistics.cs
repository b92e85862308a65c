using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>Makes a profile of the figures of a character's recordings.</summary>
internal static class ProfileStatistics
{
    /// <summary>Fewer pieces than this say too little of how a character varies.</summary>
    public const int EnoughPieces = 5;

    // Recordings that are all but one another's copies would make every other voice infinitely unlike.
    private const double LeastShare = 0.1;

    // A figure that could be measured in no recording: whatever a sound has there is as good as typical.
    private const double NotCounted = 1e6;

    /// <summary>
    /// The medians, the standard deviations, and what a piece scores against the others (leave one out, median).
    /// Pieces missing to five count as if they varied as those of DJ R-3X do: spread^2 = ((n - 1) s^2 + (5 - n) r^2) /
    /// 4, r being his; and no spread or unit is below a tenth of his.
    /// </summary>
    /// <param name="pieces">The figures of each piece, at least one, measured with the same delay.</param>
    /// <param name="rippleMs">That delay in ms.</param>
    public static CharacterProfile Of(IReadOnlyList<LikenessFeatures> pieces, double rippleMs)
    {
        int missing = Math.Max(0, EnoughPieces - pieces.Count);
        CharacterProfile profile = Of(pieces, rippleMs, missing);
        if (pieces.Count == 1)
            return profile;
        LikenessScore[] scores = [.. Enumerable.Range(0, pieces.Count).Select(left =>
        {
            LikenessFeatures[] others = [.. pieces.Where((_, piece) => piece != left)];
            return LikenessScore.OfDeviations(Of(others, rippleMs, missing).Deviations(pieces[left]));
        })];
        return profile with { Unit = Unit(scores) };
    }

    /// <summary>The spectrum of pieces at 44.1 kHz in third octaves, those of DJ R-3X's profile.</summary>
    public static IReadOnlyList<BandLevel> ThirdOctaves(IReadOnlyList<float[]> pieces)
    {
        double[] centres = [.. CharacterProfile.DjRex.ThirdOctaves.Select(band => band.Frequency)];
        double[][] levels = [.. pieces
            .Select(piece => VoiceSpectrum.Of(piece, LikenessSound.Rate)?.Levels(centres))
            .OfType<double[]>()];
        return [.. centres.Select((centre, band) =>
        {
            double[] values = [.. levels.Select(piece => piece[band])];
            double reference = CharacterProfile.DjRex.ThirdOctaves[band].Spread;
            return new BandLevel(
                centre, Middle(values), Spread(values, reference, Math.Max(0, EnoughPieces - values.Length)));
        })];
    }

    private static CharacterProfile Of(IReadOnlyList<LikenessFeatures> pieces, double rippleMs, int missing) => new()
    {
        RippleMs = rippleMs,
        Pieces = pieces.Count,
        Median = Each(figure => Middle([.. pieces.Select(figure)])),
        Spread = Each(figure => Spread([.. pieces.Select(figure)], figure(CharacterProfile.DjRex.Spread), missing)),
        Unit = CharacterProfile.DjRex.Unit,
    };

    private static LikenessFeatures Each(Func<Func<LikenessFeatures, double>, double> statistic) => new()
    {
        Tone = [.. Enumerable.Range(0, ToneBands.Count).Select(band => statistic(features => features.Tone[band]))],
        Ripple = statistic(features => features.Ripple),
        Crest = statistic(features => features.Crest),
        LevelSpread = statistic(features => features.LevelSpread),
        Hum = statistic(features => features.Hum),
        Decay = statistic(features => features.Decay),
        Pitch = statistic(features => features.Pitch),
        Melody = statistic(features => features.Melody),
    };

    private static double Middle(double[] values) =>
        Percentile.Median(values) is var median && double.IsNaN(median) ? 0 : median;

    private static double Spread(double[] values, double reference, int missing)
    {
        double[] measured = [.. values.Where(value => !double.IsNaN(value))];
        if (measured.Length == 0)
            return NotCounted;
        if (measured.Length == 1)
            return reference;
        double mean = measured.Average();
        double squares = measured.Sum(value => (value - mean) * (value - mean)) + (missing * reference * reference);
        return Math.Max(Math.Sqrt(squares / (measured.Length - 1 + missing)), LeastShare * reference);
    }

    private static LikenessScore Unit(LikenessScore[] scores)
    {
        double Middle(Func<LikenessScore, double> of)
        {
            double reference = of(CharacterProfile.DjRex.Unit);
            double median = Percentile.Median([.. scores.Select(of)]);
            return double.IsNaN(median) ? reference : Math.Max(median, LeastShare * reference);
        }

        return new LikenessScore
        {
            Sound = Middle(score => score.Sound),
            Tone = Middle(score => score.Tone),
            Metal = Middle(score => score.Metal),
            Texture = Middle(score => score.Texture),
            Voice = Middle(score => score.Voice),
        };
    }
}
