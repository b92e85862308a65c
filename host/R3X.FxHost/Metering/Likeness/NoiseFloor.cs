using System;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// How far below a voice lies what is heard in its gaps: music, hiss, hum, a crowd. Speech without pauses has gaps as
/// well, but each only in a part of the spectrum and for some hundredths of a second: a stop has none of it, a
/// fricative no bass, a vowel no treble. So the level is that of 10 ms in each of three bands, a gap is the first
/// percentile of it, and the band with the shallowest gaps decides. Of 3 s of clean speech by nine synthesisers and
/// voices, without choosing where: 40 dB and more; with chords, a bass, plucked notes, pink or white noise 20 dB under
/// it: 39 dB and less. The fifth percentile of the whole level, on the same: 28 dB and more, 35 dB and less. Beats
/// with silence between them are not noticed.
/// </summary>
internal static class NoiseFloor
{
    /// <summary>Less than so many dB is music or noise under the voice.</summary>
    public const double Deep = 40;

    private const int Block = LikenessSound.Rate / 100;
    private const double Loud = 95;
    private const double Quiet = 1;

    private static readonly ZeroPhaseBandPass[] Bands = [new(150, 700), new(700, 2_500), new(2_500, 7_000)];

    /// <summary>From the loud stretches down to the gaps, in dB; infinite for less than 10 ms.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it; some seconds.</param>
    public static double DepthBelow(double[] sound)
    {
        double depth = double.PositiveInfinity;
        foreach (ZeroPhaseBandPass band in Bands)
        {
            double[] levels = Levels(band.Filter(sound));
            if (levels.Length > 0)
                depth = Math.Min(depth, Percentile.Of(levels, Loud) - Percentile.Of(levels, Quiet));
        }

        return depth;
    }

    /// <summary>The level of every 10 ms in dB, at least -120.</summary>
    public static double[] Levels(double[] sound)
    {
        var levels = new double[sound.Length / Block];
        for (int i = 0; i < levels.Length; i++)
        {
            ReadOnlySpan<double> samples = sound.AsSpan(i * Block, Block);
            levels[i] = 10 * Math.Log10((DotProduct.Of(samples, samples) / Block) + 1e-12);
        }

        return levels;
    }
}
