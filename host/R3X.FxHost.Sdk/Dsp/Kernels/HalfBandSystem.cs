using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// One channel on the way up or down. Every lane runs a cell of its own, so nothing waits for the frame before it:
/// between cells the filters' modes are carried over, each by a single product (<see cref="BlockStateSpaceModes"/>). On
/// the way up a cell's input says at once what it adds to the modes; on the way down cells begin at rest, and what the
/// modes still ring is added.
/// </summary>
internal sealed class HalfBandSystem : BlockStateSpaceLine
{
    /// <summary>Lanes of the widest register.</summary>
    public const int MostLanes = 16;

    private const int Frames = BlockStateSpaceDesign.Frames;
    private const int Many = Frames * Oversampler.Factor;

    // Behind the modes: the two samples before the next cell.
    private const int Newest = OversamplerDesign.Sections + 2;

    private readonly BlockStateSpaceDesign _design;
    private readonly bool _isUp;
    private readonly bool _afterMeans;

    /// <param name="isUp">Whether four samples are made of each, or each of four.</param>
    /// <param name="afterMeans">On the way down: whether the samples are means of two neighbours.</param>
    public HalfBandSystem(bool isUp, bool afterMeans)
        : base(isUp ? 1 : Oversampler.Factor, isUp ? Oversampler.Factor : 1)
    {
        _design = isUp ? OversamplerDesign.Up : OversamplerDesign.Down;
        _isUp = isUp;
        _afterMeans = afterMeans;
    }

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<float> input, Span<float> output, Span<float> states, int cells, int room)
    {
        for (int cell = 0; cell < cells;)
        {
            // A lane computes the same in a register of any width.
            int left = cells - cell;
            int lanes = Vector512.IsHardwareAccelerated && left > 8 ? 16 : Vector256.IsHardwareAccelerated && left > 4
                ? 8 : 4;
            var from = input.Slice(cell * Frames * _design.Inputs, lanes * Frames * _design.Inputs);
            var to = output.Slice(cell * Frames * _design.Outputs, lanes * Frames * _design.Outputs);
            SideBySide(from, to, states[(cell * BlockStateSpaceDesign.MostStates)..], Math.Min(left, lanes), lanes);
            cell += lanes;
        }
    }

    // The stack is memory that all lines of a thread share, so it is in the processor's cache.
    [SkipLocalsInit]
    private void SideBySide(ReadOnlySpan<float> input, Span<float> output, Span<float> states, int cells, int lanes)
    {
        Span<float> memory = stackalloc float[HalfBandScratch.Length];
        var scratch = new HalfBandScratch(memory);
        ref float from = ref MemoryMarshal.GetReference(input);
        ref float to = ref MemoryMarshal.GetReference(output);
        if (lanes == Lanes16.Count)
            Run<Lanes16>(ref from, ref to, states, cells, scratch);
        else if (lanes == Lanes8.Count)
            Run<Lanes8>(ref from, ref to, states, cells, scratch);
        else
            Run<Lanes4>(ref from, ref to, states, cells, scratch);
    }

    [MethodImpl(Kernel.Strength)]
    private void Run<T>(ref float input, ref float output, Span<float> states, int cells, HalfBandScratch scratch)
        where T : struct, ILanes<T>
    {
        if (_isUp)
            Up<T>(ref input, ref output, ref MemoryMarshal.GetReference(states), cells, scratch);
        else
            Down<T>(ref input, ref output, states, cells, scratch);
    }

    [MethodImpl(Kernel.Strength)]
    private void Up<T>(ref float input, ref float output, ref float states, int cells, HalfBandScratch scratch)
        where T : struct, ILanes<T>
    {
        ref float few = ref scratch.Few[0];
        ref float many = ref scratch.Many[0];
        ref float modes = ref scratch.Modes[0];
        ref float sections = ref scratch.Sections[0];
        LaneTranspose.Run(ref input, Frames, T.Count, Frames, ref few, T.Count);
        scratch.Modes.Clear();
        LaneProduct.Add<T>(in _design.Direct[Many], 1, _design.Rows, OversamplerDesign.Sections, Frames, ref few,
            ref modes);
        Chain<T>(ref modes, ref states, cells, ref sections);
        scratch.Sections.Clear();
        LaneProduct.Add<T>(in _design.Modes.ToSections[0], BlockStateSpaceDesign.MostStates, 1,
            OversamplerDesign.Sections, OversamplerDesign.Sections, ref modes, ref sections);
        HalfBandLanes.Up<T>(ref few, ref many, ref sections, OversamplerDesign.Steep, OversamplerDesign.Wide);
        LaneTranspose.Run(ref many, T.Count, Many, T.Count, ref output, Many);
    }

    [MethodImpl(Kernel.Strength)]
    private void Down<T>(ref float input, ref float output, Span<float> states, int cells, HalfBandScratch scratch)
        where T : struct, ILanes<T>
    {
        ref float few = ref scratch.Few[0];
        ref float many = ref scratch.Many[2 * T.Count];
        ref float modes = ref scratch.Modes[0];
        ref float sections = ref scratch.Sections[0];
        LaneTranspose.Run(ref input, Many, T.Count, Many, ref many, T.Count);
        float newest = scratch.Many[((1 + Many) * T.Count) + cells - 1],
            older = scratch.Many[(Many * T.Count) + cells - 1];
        if (_afterMeans)
            Lift<T>(scratch.Many, states[Newest..]);
        HalfBandLanes.Down<T>(ref many, ref few, ref sections, OversamplerDesign.Steep, OversamplerDesign.Wide);
        scratch.Modes.Clear();
        LaneProduct.Add<T>(in _design.Modes.FromSections[0], BlockStateSpaceDesign.MostStates, 1,
            OversamplerDesign.Sections, OversamplerDesign.Sections, ref sections, ref modes);
        Chain<T>(ref modes, ref MemoryMarshal.GetReference(states), cells, ref sections);
        LaneProduct.Add<T>(in _design.Ringing[0], 1, _design.Rows, Frames, OversamplerDesign.Sections, ref modes,
            ref few);
        LaneTranspose.Run(ref few, T.Count, Frames, T.Count, ref output, Frames);
        if (_afterMeans)
            KeepNewest<T>(scratch.Many, states, cells, newest, older);
    }

    // What each cell adds to the modes becomes what they are at its first frame.
    [MethodImpl(Kernel.Strength)]
    private void Chain<T>(ref float modes, ref float states, int cells, ref float pushes)
        where T : struct, ILanes<T>
    {
        LaneTranspose.Run(ref modes, T.Count, BlockStateSpaceDesign.MostStates, T.Count, ref pushes,
            BlockStateSpaceDesign.MostStates);
        BlockStateSpaceChain.Modes<T>(in _design.Decays[0], ref pushes, ref states, cells);
        LaneTranspose.Run(ref states, BlockStateSpaceDesign.MostStates, T.Count, BlockStateSpaceDesign.MostStates,
            ref modes, T.Count);
    }

    // A line may go on behind any of the cells. What Lift put in front of each one is the end of the one before.
    private static void KeepNewest<T>(ReadOnlySpan<float> rows, Span<float> states, int cells, float newest,
        float older)
        where T : struct, ILanes<T>
    {
        for (int cell = 1; cell <= cells; cell++)
        {
            var last = states.Slice((cell * BlockStateSpaceDesign.MostStates) + Newest, 2);
            (last[0], last[1]) = cell < cells ? (rows[T.Count + cell], rows[cell]) : (newest, older);
        }
    }

    // Undoes the droop of means, a sample later. The samples before a cell's first are the last ones of the lane beside
    // it.
    [MethodImpl(Kernel.Strength)]
    private static void Lift<T>(Span<float> rows, ReadOnlySpan<float> last)
        where T : struct, ILanes<T>
    {
        rows.Slice(Many * T.Count, T.Count - 1).CopyTo(rows[1..]);
        rows.Slice((1 + Many) * T.Count, T.Count - 1).CopyTo(rows[(T.Count + 1)..]);
        (rows[T.Count], rows[0]) = (last[0], last[1]);
        HalfBandLanes.Lift<T>(ref MemoryMarshal.GetReference(rows), Many);
    }
}
