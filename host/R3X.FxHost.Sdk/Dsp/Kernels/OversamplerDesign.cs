using System;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The way up to four times the rate and back, each two half-band filters (<see cref="HalfBandDesign"/>): a steep one
/// right above the sound, a wide one with an octave of room.
/// </summary>
internal static class OversamplerDesign
{
    /// <summary>Allpass sections either way.</summary>
    public const int Sections = SteepSections + WideSections;

    /// <summary>Each filter on the way down is the mean of its two branches; both halvings at once.</summary>
    public const float DownScale = 0.25f;

    /// <summary>
    /// Undoes the droop of averaging two neighbours, cos(w/2), within 0.02 dB to the Nyquist frequency of the line.
    /// </summary>
    public const float Lift = 0.14f;

    private const int SteepSections = 8;
    private const int WideSections = 4;

    /// <summary>The steep filter's coefficients.</summary>
    public static float[] Steep { get; } =
        Array.ConvertAll(HalfBandDesign.Coefficients(SteepSections, 0.05), c => (float)c);

    /// <summary>The wide filter's.</summary>
    public static float[] Wide { get; } =
        Array.ConvertAll(HalfBandDesign.Coefficients(WideSections, 0.25), c => (float)c);

    /// <summary>One sample in, four out.</summary>
    public static BlockStateSpaceDesign Up { get; } = Design(1, 4, (state, input, output) =>
    {
        var steep = state[..SteepSections];
        var wide = state.Slice(SteepSections, WideSections);
        for (int half = 0; half < 2; half++)
        {
            double x = Branch(Steep, half, steep, input[0]);
            output[2 * half] = Branch(Wide, 0, wide, x);
            output[(2 * half) + 1] = Branch(Wide, 1, wide, x);
        }
    });

    /// <summary>Four samples in, one out.</summary>
    public static BlockStateSpaceDesign Down { get; } = Design(4, 1, (state, input, output) =>
    {
        var wide = state[..WideSections];
        var steep = state.Slice(WideSections, SteepSections);

        // The newer sample goes through the first branch, the older through the second: that delay is the 1/z between
        // them.
        double older = Branch(Wide, 0, wide, input[1]) + Branch(Wide, 1, wide, input[0]);
        double newer = Branch(Wide, 0, wide, input[3]) + Branch(Wide, 1, wide, input[2]);
        output[0] = DownScale * (Branch(Steep, 0, steep, newer) + Branch(Steep, 1, steep, older));
    });

    private static BlockStateSpaceDesign Design(int inputs, int outputs, BlockStateSpaceDesign.Step step)
    {
        var design = new BlockStateSpaceDesign(inputs, outputs, Sections);
        design.Fill(step);
        design.FindModes(step);
        return design;
    }

    // Allpass sections y = a x + s, s' = x - a y.
    private static double Branch(float[] coefficients, int first, Span<double> state, double x)
    {
        for (int i = first; i < coefficients.Length; i += 2)
        {
            double y = (coefficients[i] * x) + state[i];
            state[i] = x - (coefficients[i] * y);
            x = y;
        }

        return x;
    }
}
