using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Cuts a line's blocks at fixed places: every <see cref="Frames"/> frames, and at every cell of
/// <see cref="ParameterGrid"/> while something moves. What an effect does once a segment (flushing state that has decayed,
/// taking up moved coefficients) then happens at the same frames however the line was cut into blocks, so the output
/// stays the same bit for bit. A mutable struct: keep it in a field that is not readonly. Audio thread.
/// </summary>
public struct SegmentClock
{
    /// <summary>The longest segment in frames, a multiple of <see cref="ParameterGrid.Frames"/>. Scratch memory of this length is enough.</summary>
    public const int Frames = 256;

    private int _position;

    /// <summary>Whether the frames taken so far end a whole segment: the place for upkeep.</summary>
    public readonly bool IsAtEdge => _position == 0;

    /// <summary>Frames taken of the current segment, 0 to <see cref="Frames"/> - 1.</summary>
    public readonly int Position => _position;

    /// <summary>Takes the next frames that may be processed in one go.</summary>
    /// <param name="left">Frames left in the block, at least 1.</param>
    /// <param name="moving">Whether a parameter is on its way: then no segment crosses a line of the parameter grid.</param>
    /// <returns>1 to <paramref name="left"/> frames.</returns>
    public int Take(int left, bool moving)
    {
        int length = moving ? ParameterGrid.Frames : Frames;
        int frames = Math.Min(left, length - (_position & (length - 1)));
        _position = (_position + frames) & (Frames - 1);
        return frames;
    }

    /// <summary>
    /// Takes the next frames where nothing is to be done at the end of a segment while nothing moves: then as many as fit the kernels, which
    /// work in cells of 16 frames that lie on the line, so that a block off the grid of segments is not cut once more.
    /// </summary>
    /// <param name="left">Frames left in the block, at least 1.</param>
    /// <param name="moving">As for <see cref="Take"/>.</param>
    /// <returns>1 to <paramref name="left"/> frames, at most <see cref="Frames"/>.</returns>
    public int TakeCells(int left, bool moving)
    {
        if (moving)
            return Take(left, moving);
        int frames = Math.Min(left, Frames - (_position & (CellDesign.Frames - 1)));
        _position = (_position + frames) & (Frames - 1);
        return frames;
    }

    /// <summary>Starts again at a line's first frame.</summary>
    public void Reset() => _position = 0;
}
