using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// A line as the loudspeaker sees it: a place in the queue, then frames in the device's format, and a promise to say when they were
/// heard. The line's task opens it, writes and disposes; the loudspeaker's thread reads and ends it.
/// </summary>
internal sealed class PlayoutLine : IDisposable
{
    /// <summary>How much of a line is made ahead: enough for a busy machine, little enough to keep memory small.</summary>
    public const double RingMilliseconds = 500;

    /// <summary>How long a line that is to end takes to fall silent.</summary>
    public const double FadeMilliseconds = 10;

    // A line starts to sound when this much of it is ready, or all of it, and it has had so long to get further ahead, which a file or a
    // fast network does in much less.
    private const double StartBufferMilliseconds = 20;
    private const double HeadStartMilliseconds = 15;

    private readonly ManualResetEventSlim _changed;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _wake;
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SampleRing? _ring;
    private int _disposed;

    // The loudspeaker's own.
    private long _bufferedSince;
    private int _fadeFrames;
    private int _faded;

    /// <param name="changed">Wakes the loudspeaker's thread.</param>
    /// <param name="cancellation">Cancelled when the line is to end.</param>
    public PlayoutLine(ManualResetEventSlim changed, CancellationToken cancellation)
    {
        _changed = changed;
        _cancellation = cancellation;
        _wake = cancellation.UnsafeRegister(static changed => ((ManualResetEventSlim)changed!).Set(), changed);
    }

    /// <summary>The frames; null until the line has a format.</summary>
    public SampleRing? Ring => Volatile.Read(ref _ring);

    /// <summary>
    /// Done when the last frame has left the device, failed when the device did, cancelled with the line. From then on
    /// the ring may be gone, so it is the last thing an end does.
    /// </summary>
    public Task Heard => _heard.Task;

    /// <summary>Whether the line is to end.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>Whether there will be nothing to hear of it.</summary>
    public bool IsEmpty => IsCancelled || (Volatile.Read(ref _disposed) != 0 && Ring is null);

    /// <summary>Whether it is fading out.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Whether everything of it has been read.</summary>
    public bool IsThrough => IsLeaving ? _faded >= _fadeFrames : Ring!.IsCompleted && Ring.Held == 0;

    /// <summary>Gives the line its ring. The line's task.</summary>
    /// <param name="device">The device's format.</param>
    /// <param name="ringMilliseconds">How much of it may be made ahead.</param>
    public SampleRing Open(AudioFormat device, double ringMilliseconds)
    {
        var ring = new SampleRing(device, device.Frames(ringMilliseconds), _changed);
        Volatile.Write(ref _ring, ring);
        return ring;
    }

    /// <summary>Whether it may start to sound. Loudspeaker's thread.</summary>
    /// <param name="wait">If not, how long until it may without anything new; infinite when something has to come.</param>
    public bool IsReady(out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        if (Ring is not { } ring)
            return false;
        int start = ring.Format.Frames(StartBufferMilliseconds);
        if (ring.IsCompleted || ring.Held >= Math.Min(4 * start, ring.Capacity))
            return true;
        if (ring.Held < Math.Min(start, ring.Capacity))
            return false;
        if (_bufferedSince == 0)
            _bufferedSince = Stopwatch.GetTimestamp();
        wait = TimeSpan.FromMilliseconds(HeadStartMilliseconds) - Stopwatch.GetElapsedTime(_bufferedSince);
        return wait <= TimeSpan.Zero;
    }

    /// <summary>Begins to fade out, over what is there of the next 10 ms. Loudspeaker's thread.</summary>
    public void Leave()
    {
        if (IsLeaving)
            return;
        IsLeaving = true;
        _fadeFrames = Math.Min(Ring!.Format.Frames(FadeMilliseconds), Ring.Held);
    }

    /// <summary>Frames that can be read now. Loudspeaker's thread.</summary>
    public int Ahead => IsLeaving ? _fadeFrames - _faded : Ring!.Held;

    /// <summary>Reads frames and adds them to others. Loudspeaker's thread.</summary>
    /// <param name="sum">Where to; no more than there are are added.</param>
    /// <param name="scratch">Room for as many.</param>
    public void AddTo(AudioBlock sum, AudioBuffer scratch)
    {
        AudioBlock block = scratch.Block(Math.Min(sum.Frames, Ahead));
        Ring!.Read(block);
        if (IsLeaving)
            Fade(block);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> target = sum[channel];
            ReadOnlySpan<float> added = block[channel];
            for (int i = 0; i < added.Length; i++)
                target[i] += added[i];
        }
    }

    public void EndHeard()
    {
        Ring?.Abandon();
        _heard.TrySetResult();
    }

    public void EndCancelled()
    {
        Ring?.Abandon();
        _heard.TrySetCanceled(CancellationToken.None);
    }

    public void EndFailed(Exception reason)
    {
        Ring?.Abandon();
        _heard.TrySetException(reason);
    }

    /// <summary>Nothing more comes. The ring goes when the loudspeaker is done with it, too. The line's task.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _wake.Dispose();
        Ring?.Complete();
        _changed.Set();
        if (Ring is { } ring)
            Heard.ContinueWith(static (_, ring) => ((SampleRing)ring!).Dispose(), ring, TaskScheduler.Default);
    }

    // Half a cosine: flat at both ends, so that neither is heard as a click.
    private void Fade(AudioBlock block)
    {
        for (int i = 0; i < block.Frames; i++)
        {
            float gain = (float)(0.5 + (0.5 * Math.Cos(Math.PI * ++_faded / _fadeFrames)));
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][i] *= gain;
        }
    }
}
