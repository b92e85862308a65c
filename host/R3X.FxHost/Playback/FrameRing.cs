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

    /// <summary>Keeps a line's frames, laid out over the ring's channels as <see cref="ChannelMap"/> says.</summary>
    /// <param name="frame">The first one's number.</param>
    /// <param name="line">The frames, at most <see cref="Capacity"/>, of any number of channels.</param>
    public void WriteLine(long frame, AudioBlock line)
    {
        int first = Start(frame, line.Frames, out int start);
        ChannelMap.Apply(line.Slice(0, first), memory.Block(start, first));
        if (first < line.Frames)
            ChannelMap.Apply(line.Slice(first, line.Frames - first), memory.Block(0, line.Frames - first));
    }

    /// <summary>Adds frames that were kept to others.</summary>
    /// <param name="frame">The first one's number.</param>
    /// <param name="sum">What they are added to.</param>
    public void AddTo(long frame, AudioBlock sum)
    {
        int first = Start(frame, sum.Frames, out int start);
        Add(memory.Block(start, first), sum.Slice(0, first));
        Add(memory.Block(0, sum.Frames - first), sum.Slice(first, sum.Frames - first));
    }

    /// <summary>Adds a block to another one.</summary>
    /// <param name="block">What is added.</param>
    /// <param name="sum">What it is added to, of the same shape.</param>
    public static void Add(AudioBlock block, AudioBlock sum)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> target = sum[channel];
            ReadOnlySpan<float> added = block[channel];
            for (int i = 0; i < added.Length; i++)
                target[i] += added[i];
        }
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
