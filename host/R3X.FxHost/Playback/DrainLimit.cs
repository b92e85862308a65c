using System;
using System.Threading;

namespace R3X.FxHost.Playback;

/// <summary>Ends a drain that a sound server, which has lost its way, never answers.</summary>
internal sealed class DrainLimit : IDisposable
{
    // How much longer than its sound a drain may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ITimer _timer;
    private bool _isOver;

    /// <param name="time">The clock.</param>
    /// <param name="interrupt">Lets a drain that waits go on; called on a thread of the clock's.</param>
    public DrainLimit(TimeProvider time, Action interrupt) => _timer = time.CreateTimer(
        _ =>
        {
            Volatile.Write(ref _isOver, true);
            interrupt();
        },
        null,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan);

    /// <summary>Drains a device. Writer's thread.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="DeviceException">It did not come to its end in time, or is gone.</exception>
    public void Drain(IOutputDevice device)
    {
        Volatile.Write(ref _isOver, false);
        _timer.Change(device.Latency + Patience, Timeout.InfiniteTimeSpan);
        device.Drain();
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (Volatile.Read(ref _isOver))
        {
            throw new DeviceException(
                $"The loudspeaker {device.Name} did not come to the end of its sound. Choose another one; `r3x "
                    + $"devices` lists them.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
