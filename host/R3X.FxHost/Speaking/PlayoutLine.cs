using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>A line as the loudspeaker sees it: frames in its own format, and a promise to say when they were heard.</summary>
internal sealed class PlayoutLine(AudioFormat deviceFormat, CancellationToken cancellation) : IDisposable
{
    // Long enough to decode ahead of a busy machine, short enough to keep memory small.
    private const double RingMilliseconds = 500;

    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The frames.</summary>
    public SampleRing Ring { get; } = new(deviceFormat, deviceFormat.Frames(RingMilliseconds));

    /// <summary>Cancelled when the line is to end at once.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// Done when the last frame has left the device, failed when the device did, cancelled with the line. From then on
    /// the ring may be gone, so it is the last thing an end does.
    /// </summary>
    public Task Heard => _heard.Task;

    public void EndHeard()
    {
        Ring.Abandon();
        _heard.TrySetResult();
    }

    public void EndCancelled()
    {
        Ring.Abandon();
        _heard.TrySetCanceled(CancellationToken.None);
    }

    public void EndFailed(Exception reason)
    {
        Ring.Abandon();
        _heard.TrySetException(reason);
    }

    /// <summary>Nothing more comes. The ring goes when the loudspeaker is done with it, too.</summary>
    public void Dispose()
    {
        Ring.Complete();
        Heard.ContinueWith(static (_, ring) => ((SampleRing)ring!).Dispose(), Ring, TaskScheduler.Default);
    }
}
