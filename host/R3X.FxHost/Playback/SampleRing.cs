using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// Frames on their way from one writer thread to one reader thread, without locks. Both counts live in one word, so
/// that the reader takes frames, the writer takes them back and anybody drops them without two of them having the same
/// ones.
/// </summary>
internal sealed class SampleRing
{
    private readonly float[] _samples;
    private readonly int _mask;
    private readonly int _channels;
    private int _capacity;
    private readonly int _spare;

    // Frames written in the upper half, taken or dropped in the lower, both modulo 2^32.
    private long _counts;

    // Frames the reader has done with, whose room is the writer's again.
    private uint _released;

    /// <summary>Allocates silence.</summary>
    /// <param name="frames">How many frames may wait.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="spare">How many more an interrupted writer may add.</param>
    /// <param name="most">How many <see cref="Capacity"/> may be set to later.</param>
    public SampleRing(int frames, int channels, int spare = 0, int most = 0)
    {
        _capacity = frames;
        _channels = channels;
        _spare = spare;
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)(Math.Max(frames, most) + spare));
        _mask = slots - 1;
        _samples = GC.AllocateArray<float>(slots * channels, pinned: true);
    }

    /// <summary>How many frames may wait. Writer only.</summary>
    public int Capacity
    {
        get => _capacity;
        set => _capacity = value;
    }

    /// <summary>Frames that wait.</summary>
    public int Waiting
    {
        get
        {
            long counts = Volatile.Read(ref _counts);
            return (int)(Written(counts) - Taken(counts));
        }
    }

    /// <summary>Frames that can be written now. Writer only: what the reader has yet to do with still takes
    /// room.</summary>
    public int Room => Math.Max(0, _capacity - Used);

    private int Used => (int)(Written(Volatile.Read(ref _counts)) - Volatile.Read(ref _released));

    /// <summary>Takes as many whole frames as fit. Writer only.</summary>
    /// <param name="frames">Interleaved samples.</param>
    /// <param name="urgent">Whether the spare room counts.</param>
    /// <returns>Frames taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Write(ReadOnlySpan<float> frames, bool urgent = false)
    {
        int count = Math.Min(Math.Max(0, _capacity + (urgent ? _spare : 0) - Used), frames.Length / _channels);
        int start = (int)Written(Volatile.Read(ref _counts)) & _mask;
        int first = Math.Min(count, _mask + 1 - start);
        frames[..(first * _channels)].CopyTo(_samples.AsSpan(start * _channels));
        frames[(first * _channels)..(count * _channels)].CopyTo(_samples);
        Interlocked.Add(ref _counts, (long)count << 32);
        return count;
    }

    /// <summary>Takes back the frames written last. Writer only.</summary>
    /// <param name="frames">How many at most.</param>
    /// <param name="keep">How many stay for the reader at least.</param>
    /// <returns>How many.</returns>
    public int Rewind(int frames, int keep)
    {
        while (true)
        {
            long counts = Volatile.Read(ref _counts);
            int count = Math.Clamp((int)(Written(counts) - Taken(counts)) - keep, 0, Math.Max(frames, 0));
            if (Interlocked.CompareExchange(ref _counts, counts - ((long)count << 32), counts) == counts)
                return count;
        }
    }

    /// <summary>Gives the room of what was flushed back to the writer. Reader only.</summary>
    public void ReleaseFlushed() => Volatile.Write(ref _released, Taken(Volatile.Read(ref _counts)));

    /// <summary>Gives what waits, as much as fits. Reader only.</summary>
    /// <param name="frames">Room for interleaved samples.</param>
    /// <returns>Frames given.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(Span<float> frames)
    {
        uint taken;
        int count;
        while (true)
        {
            long counts = Volatile.Read(ref _counts);
            taken = Taken(counts);
            count = (int)Math.Min(Written(counts) - taken, (uint)(frames.Length / _channels));
            if (Interlocked.CompareExchange(
                ref _counts, Counts(Written(counts), taken + (uint)count), counts) == counts)
                break;
        }

        int start = (int)taken & _mask;
        int first = Math.Min(count, _mask + 1 - start);
        _samples.AsSpan(start * _channels, first * _channels).CopyTo(frames);
        _samples.AsSpan(0, (count - first) * _channels).CopyTo(frames[(first * _channels)..]);
        Volatile.Write(ref _released, taken + (uint)count);
        return count;
    }

    /// <summary>Drops everything written so far. Any thread.</summary>
    public void Flush()
    {
        while (true)
        {
            long counts = Volatile.Read(ref _counts);
            if (Interlocked.CompareExchange(ref _counts, Counts(Written(counts), Written(counts)), counts) == counts)
                return;
        }
    }

    private static uint Written(long counts) => (uint)(counts >> 32);

    private static uint Taken(long counts) => (uint)counts;

    private static long Counts(uint written, uint taken) => ((long)written << 32) | taken;
}
