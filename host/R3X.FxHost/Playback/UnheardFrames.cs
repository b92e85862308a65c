using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>The frames written last, so that they can be written again to another device. Not safe for two threads at once.</summary>
internal sealed class UnheardFrames
{
    private readonly AudioBuffer _frames;
    private readonly int _capacity;
    private int _next;
    private int _count;

    /// <summary>Allocates room.</summary>
    /// <param name="format">The frames' format.</param>
    /// <param name="capacity">How many are kept at most; older ones make room.</param>
    public UnheardFrames(AudioFormat format, int capacity)
    {
        _frames = new AudioBuffer(format.Channels, capacity);
        _capacity = capacity;
    }

    /// <summary>Frames that are kept.</summary>
    public int Count => _count;

    /// <summary>Keeps more.</summary>
    /// <param name="block">The frames.</param>
    public void Append(AudioBlock block)
    {
        for (int done = 0; done < block.Frames;)
        {
            int size = Math.Min(block.Frames - done, _capacity - _next);
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel].Slice(done, size).CopyTo(_frames[channel][_next..]);
            _next = (_next + size) % _capacity;
            done += size;
        }

        _count = Math.Min(_capacity, _count + block.Frames);
    }

    /// <summary>Forgets those written last.</summary>
    /// <param name="frames">How many.</param>
    public void Rewind(int frames)
    {
        int size = Math.Min(frames, _count);
        _next = (_next - size + _capacity) % _capacity;
        _count -= size;
    }

    /// <summary>Gives some that lie together in memory.</summary>
    /// <param name="before">How many frames before the last one they begin, at most <see cref="Count"/>.</param>
    /// <param name="most">How many at most.</param>
    public AudioBlock Read(int before, int most)
    {
        int start = (_next - before + _capacity) % _capacity;
        return _frames.Block(start, Math.Min(Math.Min(before, most), _capacity - start));
    }
}
