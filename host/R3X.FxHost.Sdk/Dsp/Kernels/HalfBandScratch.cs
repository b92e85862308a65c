using System;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// What a <see cref="HalfBandSystem"/> works on and then forgets, laid over memory that is aligned here.
/// </summary>
internal readonly ref struct HalfBandScratch
{
    /// <summary>Floats of memory it needs.</summary>
    public const int Length = StackMemory.Spare + (3 * Small) + Large;

    private const int Small = BlockStateSpaceDesign.Frames * HalfBandSystem.MostLanes;
    private const int Large = (2 + (Oversampler.Factor * BlockStateSpaceDesign.Frames)) * HalfBandSystem.MostLanes;

    /// <param name="memory"><see cref="Length"/> floats, on the stack or otherwise in a place that is not
    /// moved.</param>
    public HalfBandScratch(Span<float> memory)
    {
        memory = StackMemory.Aligned(memory);
        Few = memory[..Small];
        Modes = memory.Slice(Small, Small);
        Sections = memory.Slice(2 * Small, Small);
        Many = memory.Slice(3 * Small, Large);
    }

    /// <summary>A row of lanes a frame.</summary>
    public Span<float> Few { get; }

    /// <summary>A row of lanes a mode.</summary>
    public Span<float> Modes { get; }

    /// <summary>
    /// A row of lanes a section; while the modes are carried from cell to cell and no section is looked at, a row of
    /// modes a cell.
    /// </summary>
    public Span<float> Sections { get; }

    /// <summary>Two rows of lanes from before the cell, then four a frame.</summary>
    public Span<float> Many { get; }
}
