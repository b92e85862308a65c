using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// The way up to four times the rate and back, each two half-band filters (<see cref="HalfBandDesign"/>) written out as one
/// <see cref="CellDesign"/>: a steep one right above the sound, a wide one with an octave of room.
/// </summary>
internal static class OversamplerDesign
{
    // Undoes the droop of averaging two neighbours, cos(w/2), within 0.02 dB to the Nyquist frequency of the line.
    private const double Lift = 0.14;

    private const int SteepSections = 8;
    private const int WideSections = 4;
    private const int Sections = SteepSections + WideSections;

    private static readonly double[] Steep = HalfBandDesign.Coefficients(SteepSections, 0.05);
    private static readonly double[] Wide = HalfBandDesign.Coefficients(WideSections, 0.25);

    /// <summary>One sample in, four out.</summary>
    public static CellDesign Up { get; } = Design(1, 4, Sections, (state, input, output) =>
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
    public static CellDesign Down { get; } = Design(4, 1, Sections, DownStep);

    /// <summary>Four means of two neighbours in, one sample out, as if they had not been averaged.</summary>
    public static CellDesign DownAfterMeans { get; } = Design(4, 1, Sections + 2, (state, input, output) =>
    {
        Span<double> lifted = stackalloc double[4];
        ref double one = ref state[0];
        ref double two = ref state[1];
        for (int i = 0; i < lifted.Length; i++)
        {
            lifted[i] = ((1 + (2 * Lift)) * one) - (Lift * (input[i] + two));
            two = one;
            one = input[i];
        }

        DownStep(state[2..], lifted, output);
    });

    private static CellDesign Design(int inputs, int outputs, int states, CellDesign.Step step)
    {
        var design = new CellDesign(inputs, outputs, states);
        design.Fill(step);
        design.FindModes(step);
        return design;
    }

    private static void DownStep(Span<double> state, ReadOnlySpan<double> input, Span<double> output)
    {
        var wide = state[..WideSections];
        var steep = state.Slice(WideSections, SteepSections);

        // The newer sample goes through the first branch, the older through the second: that delay is the 1/z between them.
        double older = 0.5 * (Branch(Wide, 0, wide, input[1]) + Branch(Wide, 1, wide, input[0]));
        double newer = 0.5 * (Branch(Wide, 0, wide, input[3]) + Branch(Wide, 1, wide, input[2]));
        output[0] = 0.5 * (Branch(Steep, 0, steep, newer) + Branch(Steep, 1, steep, older));
    }

    // Allpass sections y = a x + s, s' = x - a y.
    private static double Branch(double[] coefficients, int first, Span<double> state, double x)
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
