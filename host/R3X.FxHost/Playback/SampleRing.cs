using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// Frames on their way from one writer thread to one reader thread, without locks: each side moves only its own count.
/// A flush from any thread moves a third one, which the reader obeys at its next turn.
/// </summary>
internal sealed class SampleRing
{
    private readonly float[] _samples;
    private readonly int _mask;
    private readonly int _channels;
    private readonly int _capacity;
    private long _written;
    private long _read;
    private long _dropBefore;

    /// <summary>Allocates silence.</summary>
    /// <param name="frames">How many frames may wait.</param>
    /// <param name="channels">Samples per frame.</param>
    public SampleRing(int frames, int channels)
    {
        _capacity = frames;
        _channels = channels;
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)frames);
        _mask = slots - 1;
        _samples = GC.AllocateArray<float>(slots * channels, pinned: true);
    }

    /// <summary>How many frames may wait.</summary>
    public int Capacity => _capacity;

    /// <summary>Frames that wait; to the reader never more than there are, to the writer never fewer.</summary>
    public int Waiting
    {
        get
        {
            long gone = Math.Max(Volatile.Read(ref _read), Volatile.Read(ref _dropBefore));
            return (int)Math.Max(0, Volatile.Read(ref _written) - gone);
        }
    }

    /// <summary>Frames that can be written now. Writer only: what the reader has yet to drop still takes room.</summary>
    public int Room => _capacity - (int)(_written - Volatile.Read(ref _read));

    /// <summary>Takes as many whole frames as fit. Writer only.</summary>
    /// <param name="frames">Interleaved samples.</param>
    /// <returns>Frames taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Write(ReadOnlySpan<float> frames)
    {
        int count = Math.Min(Room, frames.Length / _channels);
        int start = (int)_written & _mask;
        int first = Math.Min(count, _mask + 1 - start);
        frames[..(first * _channels)].CopyTo(_samples.AsSpan(start * _channels));
        frames[(first * _channels)..(count * _channels)].CopyTo(_samples);
        Volatile.Write(ref _written, _written + count);
        return count;
    }

    /// <summary>Forgets what was flushed. Reader only, before it looks at <see cref="Waiting"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DropFlushed()
    {
        long dropBefore = Volatile.Read(ref _dropBefore);
        if (dropBefore > _read)
            Volatile.Write(ref _read, dropBefore);
    }

    /// <summary>Gives what waits, as much as fits. Reader only.</summary>
    /// <param name="frames">Room for interleaved samples.</param>
    /// <returns>Frames given.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(Span<float> frames)
    {
        int count = Math.Min((int)(Volatile.Read(ref _written) - _read), frames.Length / _channels);
        int start = (int)_read & _mask;
        int first = Math.Min(count, _mask + 1 - start);
        _samples.AsSpan(start * _channels, first * _channels).CopyTo(frames);
        _samples.AsSpan(0, (count - first) * _channels).CopyTo(frames[(first * _channels)..]);
        Volatile.Write(ref _read, _read + count);
        return count;
    }

    /// <summary>Drops everything written so far. Any thread.</summary>
    public void Flush()
    {
        long written = Volatile.Read(ref _written);
        long before = Volatile.Read(ref _dropBefore);
        while (before < written)
        {
            long seen = Interlocked.CompareExchange(ref _dropBefore, written, before);
            if (seen == before)
                return;
            before = seen;
        }
    }
}
