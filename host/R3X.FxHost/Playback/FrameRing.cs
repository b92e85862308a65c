using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A ring buffer of frames under their numbers: of those written, the last <see cref="Capacity"/> can be read again, or
/// be replaced. Fixed memory. One thread at a time, or a writer and a reader that keep apart.
/// </summary>
/// <param name="memory">Where they are kept.</param>
internal sealed class FrameRing(AudioBuffer memory)
{
    /// <summary>Makes room.</summary>
    /// <param name="format">The frames' format.</param>
    /// <param name="capacity">How many are kept.</param>
    public FrameRing(AudioFormat format, int capacity)
        : this(new AudioBuffer(format.Channels, capacity))
    {
    }

    /// <summary>How many frames are kept.</summary>
    public int Capacity => memory.Frames;

    /// <summary>Keeps frames.</summary>
    /// <param name="frame">The first one's number; frames that were kept under the same numbers are forgotten.</param>
    /// <param name="block">The frames, at most <see cref="Capacity"/>.</param>
    public void Write(long frame, AudioBlock block)
    {
        int first = Start(frame, block.Frames, out int start);
        block.Slice(0, first).CopyTo(memory.Block(start, first));
        block.Slice(first, block.Frames - first).CopyTo(memory.Block(0, block.Frames - first));
    }

    /// <summary>Reads frames that were kept.</summary>
    /// <param name="frame">The first one's number.</param>
    /// <param name="block">Where to, at most <see cref="Capacity"/> frames.</param>
    public void Read(long frame, AudioBlock block)
    {
        int first = Start(frame, block.Frames, out int start);
        memory.Block(start, first).CopyTo(block.Slice(0, first));
        memory.Block(0, block.Frames - first).CopyTo(block.Slice(first, block.Frames - first));
    }

    // How many lie together in memory, and where.
    private int Start(long frame, int frames, out int start)
    {
        start = (int)(frame % Capacity);
        return Math.Min(frames, Capacity - start);
    }
}
