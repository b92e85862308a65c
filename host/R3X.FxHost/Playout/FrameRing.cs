using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// Frames on their way from the line's task to the loudspeaker's thread. One writer, one reader; neither ever holds
/// the other up except by the ring being full or empty. Fixed memory.
/// </summary>
/// <param name="format">The frames' format.</param>
/// <param name="capacityFrames">How many may be held.</param>
/// <param name="changed">Set whenever the reader may find something new. The reader resets it before it looks.</param>
/// <param name="memory">Where its memory comes from and goes to; null for its own.</param>
internal sealed class FrameRing(AudioFormat format, int capacityFrames, Wakeup changed, RingMemory? memory = null) : IDisposable
{
    private readonly AudioBuffer _memory = memory?.Take(format.Channels, capacityFrames) ?? new AudioBuffer(format.Channels, capacityFrames);
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private bool _hasSpace;
    private long _written;
    private long _read;
    private long _tailStart = long.MaxValue;
    private int _completed;
    private int _abandoned;
    private int _disposed;

    public AudioFormat Format => format;

    /// <summary>The most frames that can be held.</summary>
    public int Capacity => _memory.Frames;

    /// <summary>Frames written so far. Writer only.</summary>
    public long Written => _written;

    /// <summary>Frames read so far.</summary>
    public long Position => Volatile.Read(ref _read);

    /// <summary>Frames written and not yet read.</summary>
    public int Held => (int)(Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>Frames to be read until the line's own end, from where on only its tail is heard; as many as there can be while that is not known.</summary>
    public long FramesToTail => Volatile.Read(ref _tailStart) - Volatile.Read(ref _read);

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
        changed.Set();
        return frames;
    }

    /// <summary>Says where the line itself ends and its tail begins, before any of the tail is written. Writer only.</summary>
    /// <param name="frame">The tail's first frame, counted from the line's first.</param>
    public void MarkTail(long frame)
    {
        Volatile.Write(ref _tailStart, frame);
        changed.Set();
    }

    /// <summary>Waits until the reader has made room or reads no more. Writer only.</summary>
    public Task WaitForSpaceAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_hasSpace)
            {
                _hasSpace = false;
                return Task.CompletedTask;
            }

            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task.OrCancelledAsync(cancellation);
        }
    }

    /// <summary>Says that nothing more comes. Any thread.</summary>
    public void Complete()
    {
        Volatile.Write(ref _completed, 1);
        changed.Set();
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

    /// <summary>Lets its memory go. Neither writer nor reader may use it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        memory?.Return(_memory);
    }

    private void LetWriterOn()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            waiting = _waiting;
            _waiting = null;
            _hasSpace = waiting is null;
        }

        waiting?.TrySetResult();
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
