using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>The frames the device was given last, for when some are taken back. Loudspeaker's thread; fixed memory.</summary>
/// <param name="format">The device's format.</param>
internal sealed class PlayoutHistory(AudioFormat format)
{
    // More than a device may hold.
    private const double Milliseconds = 2_500;

    private readonly AudioBuffer _frames = new(format.Channels, format.Frames(Milliseconds));

    /// <summary>How many frames it reaches back.</summary>
    public int Capacity => _frames.Frames;

    /// <summary>Keeps frames.</summary>
    /// <param name="frame">The first one's number; frames that were kept under the same numbers are forgotten.</param>
    /// <param name="block">The frames.</param>
    public void Keep(long frame, AudioBlock block) => Copy(frame, block, into: true);

    /// <summary>Reads frames that were kept.</summary>
    /// <param name="frame">The first one's number.</param>
    /// <param name="block">Where to.</param>
    public void Read(long frame, AudioBlock block) => Copy(frame, block, into: false);

    private void Copy(long frame, AudioBlock block, bool into)
    {
        int start = (int)(frame % Capacity);
        int first = Math.Min(block.Frames, Capacity - start);
        Move(block.Slice(0, first), _frames.Block(start, first), into);
        if (first < block.Frames)
            Move(block.Slice(first, block.Frames - first), _frames.Block(0, block.Frames - first), into);
    }

    private static void Move(AudioBlock block, AudioBlock kept, bool into)
    {
        if (into)
            block.CopyTo(kept);
        else
            kept.CopyTo(block);
    }
}
