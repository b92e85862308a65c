using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// What a filter does to a voice's tone and ripple, from the voice's spectra and the filter's response alone.
/// </summary>
internal static class ToneModel
{
    /// <summary>The bands of the model.</summary>
    public static readonly SubBands Bands = new(ToneBands.EdgesHz);

    // A click's spectrum is flat: what a filter makes of it is the filter.
    private static readonly PowerFrames Flat = PowerFrames.All(Click());

    /// <summary>Every frame's power in the parts of the model.</summary>
    public static float[][] PartsOf(PowerFrames frames)
    {
        float[][] parts = new float[frames.Count][];
        for (int frame = 0; frame < parts.Length; frame++)
            parts[frame] = Bands.Powers(frames[frame], PowerFrames.Frequency(1));
        return parts;
    }

    /// <summary>What a filter adds to the ripple at a delay, in dB.</summary>
    public static double RippleOf(LinearResponse response, double rippleMs)
    {
        double[] gains = new double[PowerFrames.Bins];
        for (int bin = 0; bin < gains.Length; bin++)
            gains[bin] = response.At(PowerFrames.Frequency(bin));
        return TubeRipple.Of(Flat.Filtered(gains), rippleMs);
    }

    private static double[] Click()
    {
        double[] click = new double[PowerFrames.Size];
        click[PowerFrames.Size / 2] = 1;
        return click;
    }
}
