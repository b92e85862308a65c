using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// Frames on their way from the line's task to the loudspeaker's thread. One writer, one reader; neither ever holds
/// the other up except by the ring being full or empty. Fixed memory.
/// </summary>
internal sealed class TrackRing : IDisposable
{
    private readonly FrameRing _frames;
    private readonly AudioBuffer _memory;
    private readonly RingMemory? _pool;
    private readonly Wakeup _changed;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private bool _hasSpace;
    private long _written;
    private long _read;
    private long _tailStart = long.MaxValue;
    private int _completed;
    private int _abandoned;
    private int _disposed;

    /// <param name="format">The frames' format.</param>
    /// <param name="capacityFrames">How many may be held.</param>
    /// <param name="changed">Set whenever the reader may find something new. The reader resets it before it
    /// looks.</param>
    /// <param name="pool">Where its memory comes from and goes to; null for its own.</param>
    public TrackRing(AudioFormat format, int capacityFrames, Wakeup changed, RingMemory? pool = null)
    {
        _memory = pool?.Take(format.Channels, capacityFrames) ?? new AudioBuffer(format.Channels, capacityFrames);
        _frames = new FrameRing(_memory);
        (_pool, _changed, Format) = (pool, changed, format);
    }

    public AudioFormat Format { get; }

    /// <summary>The most frames that can be held.</summary>
    public int Capacity => _memory.Frames;

    /// <summary>Frames written so far. Writer only.</summary>
    public long Written => _written;

    /// <summary>Frames read so far.</summary>
    public long Position => Volatile.Read(ref _read);

    /// <summary>Frames written and not yet read.</summary>
    public int Held => (int)(Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>Frames to be read until the line's own end, from where on only its tail is heard; as many as there can
    /// be while that is not known.</summary>
    public long FramesToTail => Volatile.Read(ref _tailStart) - Volatile.Read(ref _read);

    /// <summary>Whether nothing more will come.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    /// <summary>Whether nobody reads any more.</summary>
    public bool IsAbandoned => Volatile.Read(ref _abandoned) != 0;

    /// <summary>Writes as many frames as there is room for, laid out over the ring's channels. Writer only.</summary>
    /// <returns>Frames taken from the start of the block.</returns>
    public int Write(AudioBlock block)
    {
        int frames = Math.Min(block.Frames, Capacity - Held);
        _frames.WriteLine(_written, block.Slice(0, frames));
        Volatile.Write(ref _written, _written + frames);
        _changed.Set();
        return frames;
    }

    /// <summary>Says where the line itself ends and its tail begins, before any of the tail is written. Writer
    /// only.</summary>
    /// <param name="frame">The tail's first frame, counted from the line's first.</param>
    public void MarkTail(long frame)
    {
        Volatile.Write(ref _tailStart, frame);
        _changed.Set();
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
        _frames.Read(_read, block.Slice(0, frames));
        Taken(frames);
        return frames;
    }

    /// <summary>Adds the next frames, which must be there, to others. Reader only.</summary>
    /// <param name="sum">What they are added to.</param>
    public void AddTo(AudioBlock sum)
    {
        _frames.AddTo(_read, sum);
        Taken(sum.Frames);
    }

    /// <summary>Lets its memory go. Neither writer nor reader may use it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _pool?.Return(_memory);
    }

    private void Taken(int frames)
    {
        Volatile.Write(ref _read, _read + frames);
        if (frames > 0)
            LetWriterOn();
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
}
