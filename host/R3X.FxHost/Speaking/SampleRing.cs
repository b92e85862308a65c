using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Frames on their way from the line's task to the loudspeaker's thread. One writer, one reader; neither ever holds
/// the other up except by the ring being full or empty. Fixed memory.
/// </summary>
internal sealed class SampleRing : IDisposable
{
    private readonly AudioBuffer _memory;
    private readonly SemaphoreSlim _space = new(0, 1);
    private readonly ManualResetEventSlim _changed = new(false, 0);
    private long _written;
    private long _read;
    private int _completed;
    private int _abandoned;

    public SampleRing(AudioFormat format, int capacityFrames)
    {
        Format = format;
        _memory = new AudioBuffer(format.Channels, capacityFrames);
    }

    public AudioFormat Format { get; }

    /// <summary>Frames written and not yet read.</summary>
    public int Held => (int)(Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>Whether nothing more will come.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    /// <summary>Whether nobody reads any more.</summary>
    public bool IsAbandoned => Volatile.Read(ref _abandoned) != 0;

    /// <summary>Writes as many frames as there is room for. Writer only.</summary>
    /// <returns>Frames taken from the start of the block.</returns>
    public int Write(AudioBlock block)
    {
        int frames = Math.Min(block.Frames, _memory.Frames - Held);
        Copy(block.Slice(0, frames), _written, into: true);
        Volatile.Write(ref _written, _written + frames);
        _changed.Set();
        return frames;
    }

    /// <summary>Waits until the reader has made room or reads no more. Writer only.</summary>
    public Task WaitForSpaceAsync(CancellationToken cancellation) => _space.WaitAsync(cancellation);

    /// <summary>Says that nothing more comes. Any thread.</summary>
    public void Complete()
    {
        Volatile.Write(ref _completed, 1);
        _changed.Set();
    }

    /// <summary>Says that nothing more is read, so that the writer does not wait for it. Reader only.</summary>
    public void Abandon()
    {
        Volatile.Write(ref _abandoned, 1);
        LetWriterOn();
    }

    /// <summary>Reads as many frames as there are. Reader only.</summary>
    /// <returns>Frames written to the start of the block.</returns>
    public int Read(AudioBlock block)
    {
        int frames = Math.Min(block.Frames, Held);
        Copy(block.Slice(0, frames), _read, into: false);
        Volatile.Write(ref _read, _read + frames);
        if (frames > 0)
            LetWriterOn();
        return frames;
    }

    /// <summary>Waits until there are this many frames, or nothing more comes. Reader only.</summary>
    public void WaitFor(int frames, CancellationToken cancellation)
    {
        while (Held < Math.Min(frames, _memory.Frames) && !IsCompleted)
        {
            // Reset before the condition is read again, so that a write in between is not missed.
            _changed.Wait(cancellation);
            _changed.Reset();
        }
    }

    /// <summary>Waits until there are this many frames, nothing more comes, or the time is over. Reader only.</summary>
    public void WaitFor(int frames, TimeSpan atMost, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (Held < frames && !IsCompleted && atMost - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            _changed.Wait(left, cancellation);
            _changed.Reset();
        }
    }

    public void Dispose()
    {
        _space.Dispose();
        _changed.Dispose();
    }

    // Only the reader releases, so the count cannot pass one in between.
    private void LetWriterOn()
    {
        if (_space.CurrentCount == 0)
            _space.Release();
    }

    private void Copy(AudioBlock block, long position, bool into)
    {
        int start = (int)(position % _memory.Frames);
        int first = Math.Min(block.Frames, _memory.Frames - start);
        Move(block.Slice(0, first), _memory.Block(start, first), into);
        Move(block.Slice(first, block.Frames - first), _memory.Block(0, block.Frames - first), into);
    }

    private static void Move(AudioBlock block, AudioBlock memory, bool into)
    {
        if (into)
            block.CopyTo(memory);
        else
            memory.CopyTo(block);
    }
}
