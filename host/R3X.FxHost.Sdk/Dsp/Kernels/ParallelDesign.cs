using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The matrices of a <see cref="ParallelFilter"/>. With poles p and residues r, H(z) = d + sum of 2 Re(r / (z - p));
/// each term is a complex state s' = p s + x whose part of the output is 2 Re(r s).
/// </summary>
internal sealed class ParallelDesign
{
    /// <summary>Real parts of states that stand together, behind them as many imaginary ones.</summary>
    public const int Width = 16;

    private readonly Complex[] _poles;
    private readonly AudioBuffer _pushing;
    private readonly AudioBuffer _decays;

    public ParallelDesign(ReadOnlySpan<Biquad> sections)
    {
        States = Math.Max(1, (sections.Length + Width - 1) / Width) * 2 * Width;
        _poles = new Complex[sections.Length];
        _pushing = new AudioBuffer(1, BlockStateSpaceDesign.Frames * States);
        _decays = new AudioBuffer(1, States);
        Now = new ParallelOutput(States);
        Target = new ParallelOutput(States);
        for (int i = 0; i < _poles.Length; i++)
        {
            double half = sections[i].A1 / 2;
            _poles[i] = new Complex(-half, Math.Sqrt(Math.Max(sections[i].A2 - (half * half), 1e-14)));
            var power = Complex.One;
            for (int k = BlockStateSpaceDesign.Frames - 1; k >= 0; k--)
            {
                Put(_pushing[0].Slice(k * States, States), i, power.Real, power.Imaginary);
                power *= _poles[i];
            }

            Put(_decays[0], i, power.Real, power.Imaginary);
        }
    }

    /// <summary>Values of the states, a multiple of twice <see cref="Width"/>.</summary>
    public int States { get; }

    /// <summary>p of each term over a cell.</summary>
    public ReadOnlySpan<float> Decays => _decays[0];

    /// <summary>The output now.</summary>
    public ParallelOutput Now { get; }

    /// <summary>The output that is on its way.</summary>
    public ParallelOutput Target { get; }

    /// <summary>What a cell's input does to the states.</summary>
    public BlockStateSpaceProduct.Factor Pushing(Span<float> x) => new()
    {
        Matrix = ref MemoryMarshal.GetReference(_pushing[0]),
        Rows = States,
        Columns = BlockStateSpaceDesign.Frames,
        Values = ref MemoryMarshal.GetReference(x),
        Stride = BlockStateSpaceDesign.Frames,
    };

    /// <summary>The output that sections with these poles have.</summary>
    public ParallelOutput Output(ReadOnlySpan<Biquad> sections)
    {
        var output = new ParallelOutput(States) { IsTransparent = true };
        double through = 1;
        foreach (ref readonly var section in sections)
        {
            through *= section.B0;
            output.IsTransparent &= section.B0 == 1 && section.B1 == section.A1 && section.B2 == section.A2;
        }

        Span<double> echo = stackalloc double[BlockStateSpaceDesign.Frames];
        echo.Clear();
        echo[0] = through;
        for (int i = 0; i < _poles.Length; i++)
        {
            var term = 2 * Residue(sections, i);
            for (int frame = 0; frame < BlockStateSpaceDesign.Frames; frame++)
            {
                int column = Place(i) * BlockStateSpaceDesign.Frames;
                output.RingingMatrix[column + frame] = BlockStateSpaceDesign.Significant(term.Real);
                output.RingingMatrix[column + (Width * BlockStateSpaceDesign.Frames) + frame] =
                    BlockStateSpaceDesign.Significant(-term.Imaginary);
                if (frame + 1 < BlockStateSpaceDesign.Frames)
                    echo[frame + 1] += term.Real;
                term *= _poles[i];
            }
        }

        for (int column = 0; column < BlockStateSpaceDesign.Frames; column++)
        {
            for (int row = column; row < BlockStateSpaceDesign.Frames; row++)
                output.DirectMatrix[(column * BlockStateSpaceDesign.Frames) + row] =
                    BlockStateSpaceDesign.Significant(echo[row - column]);
        }

        return output;
    }

    private Complex Residue(ReadOnlySpan<Biquad> sections, int term)
    {
        var p = _poles[term];
        var residue = Numerator(sections[term], p) / new Complex(0, 2 * p.Imaginary);
        for (int i = 0; i < sections.Length; i++)
        {
            if (i != term)
                residue *= Numerator(sections[i], p) / (((p + sections[i].A1) * p) + sections[i].A2);
        }

        return residue;
    }

    private static Complex Numerator(in Biquad section, Complex z) =>
        (((section.B0 * z) + section.B1) * z) + section.B2;

    private static int Place(int term) => (term / Width * 2 * Width) + (term % Width);

    private static void Put(Span<float> states, int term, double real, double imaginary)
    {
        states[Place(term)] = BlockStateSpaceDesign.Significant(real);
        states[Place(term) + Width] = BlockStateSpaceDesign.Significant(imaginary);
    }
}
