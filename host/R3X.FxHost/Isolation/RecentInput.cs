using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Isolation;

/// <summary>The last frames that an effect was given, by their place in the line. Audio thread.</summary>
/// <param name="channels">The line's channels.</param>
/// <param name="frames">How many are kept.</param>
internal sealed class RecentInput(int channels, int frames)
{
    private readonly AudioBuffer _ring = new(channels, frames);

    /// <summary>The first frame that is still there.</summary>
    public long Start => Math.Max(0, End - frames);

    /// <summary>The frame behind the last.</summary>
    public long End { get; private set; }

    /// <summary>Forgets them all.</summary>
    public void Clear() => End = 0;

    /// <summary>Keeps a block.</summary>
    /// <param name="block">At most as many frames as are kept.</param>
    public void Add(in AudioBlock block)
    {
        int at = (int)(End % frames);
        int first = Math.Min(block.Frames, frames - at);
        block.Slice(0, first).CopyTo(_ring.Block(at, first));
        block.Slice(first, block.Frames - first).CopyTo(_ring.Block(0, block.Frames - first));
        End += block.Frames;
    }

    /// <summary>Gives some back.</summary>
    /// <param name="from">The first, which is still there.</param>
    /// <param name="block">Where to, and how many.</param>
    public void Read(long from, in AudioBlock block)
    {
        int at = (int)(from % frames);
        int first = Math.Min(block.Frames, frames - at);
        _ring.Block(at, first).CopyTo(block.Slice(0, first));
        _ring.Block(0, block.Frames - first).CopyTo(block.Slice(first, block.Frames - first));
    }
}
