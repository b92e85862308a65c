using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// The device that is used: opened with the first line, outside every lock, kept, and opened anew after it failed. Any
/// thread; only those wait for its opening who need it.
/// </summary>
/// <param name="open">Opens it; may take seconds.</param>
/// <param name="time">The clock.</param>
[SuppressMessage(
    "Usage", "CA2213", Justification = "Close lets the device go, when the thread that feeds it has ended.")]
internal sealed class OutputSlot(Func<IOutputDevice> open, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();

    // Set when nobody opens the device.
    private readonly Wakeup _opened = new(time);
    private IOutputDevice? _device;
    private bool _isOpening;
    private volatile bool _isClosed;

    /// <summary>Whether it was closed for good.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The device, opened if it is not open. May take seconds: not for a caller of the host.</summary>
    /// <exception cref="DeviceException">There is no device.</exception>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public IOutputDevice Open()
    {
        while (!TryBeginOpening(out IOutputDevice? device))
        {
            if (device is not null)
                return device;
            _opened.Wait(Timeout.InfiniteTimeSpan);
        }

        IOutputDevice? opened = null;
        try
        {
            opened = open();
        }
        finally
        {
            lock (_gate)
            {
                _isOpening = false;
                _device = _isClosed ? null : opened;
            }

            _opened.Set();
        }

        if (!_isClosed)
            return opened;
        // Closed while it opened.
        Dispose(opened);
        throw new ObjectDisposedException("FxHost");
    }

    /// <summary>Lets a device go that has failed; the next line opens another one.</summary>
    public void Forget(IOutputDevice device)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_device, device))
                _device = null;
        }

        Dispose(device);
    }

    /// <summary>The device's writer does not wait for room first.</summary>
    public void InterruptWait() => Volatile.Read(ref _device)?.InterruptWait();

    /// <summary>Nothing is opened any more, and a write or a drain that waits goes on.</summary>
    /// <returns>False when that was said before.</returns>
    public bool BeginClosing()
    {
        IOutputDevice? device;
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _isClosed = true;
            device = _device;
        }

        _opened.Set();
        device?.Flush();
        device?.InterruptWait();
        return true;
    }

    /// <summary>Lets the device go.</summary>
    public void Dispose()
    {
        if (_device is { } device)
            Dispose(device);
    }

    // True for the one who is to open it.
    private bool TryBeginOpening(out IOutputDevice? device)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, "FxHost");
            device = _device;
            if (device is not null || _isOpening)
                return false;
            _isOpening = true;
            _opened.Reset();
            return true;
        }
    }

    // What it fails with now was said before, or nobody is left to hear it: a line that failed has told.
    private static void Dispose(IOutputDevice device)
    {
        try
        {
            device.Dispose();
        }
        catch (Exception e) when (e is DeviceException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
