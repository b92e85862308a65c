using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// Looks for a device that takes the place of one that went, on a thread of its own: at once, every quarter of a second,
/// and whenever the sound server says that something changed.
/// </summary>
internal sealed class DeviceReopening : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly LoudspeakerOpening _opening;
    private readonly AudioFormat _format;
    private readonly Action _found;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private IOutputDevice? _gone;
    private IOutputDevice? _replaced;
    private IOutputDevice? _next;
    private string _refusal = string.Empty;
    private volatile bool _wanted;
    private volatile bool _stopped;

    /// <summary>Starts the thread, which sleeps.</summary>
    /// <param name="opening">What to open.</param>
    /// <param name="format">In what format.</param>
    /// <param name="found">Called on that thread when a device is there for <see cref="Take"/>.</param>
    public DeviceReopening(LoudspeakerOpening opening, AudioFormat format, Action found)
    {
        _opening = opening;
        _format = format;
        _found = found;
        _thread = new Thread(Run) { IsBackground = true, Name = "R3X loudspeaker search" };
        _thread.Start();
    }

    /// <summary>Why the last attempt failed, or nothing. Any thread.</summary>
    public string Refusal => Volatile.Read(ref _refusal);

    /// <summary>Begins to look, once for each device. Any thread, also the sound system's.</summary>
    /// <param name="gone">The device whose place is to be taken: it is closed first. Null when there never was one.</param>
    public void Begin(IOutputDevice? gone)
    {
        if (gone is not null)
        {
            if (Interlocked.Exchange(ref _replaced, gone) == gone)
                return;
            Volatile.Write(ref _gone, gone);
        }

        _wanted = true;
        _wake.Set();
    }

    /// <summary>Gives the device that was found, once.</summary>
    public IOutputDevice? Take() => Interlocked.Exchange(ref _next, null);

    /// <summary>Ends the thread and closes what nobody took.</summary>
    public void Dispose()
    {
        if (_stopped)
            return;
        _stopped = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        Take()?.Dispose();
        Interlocked.Exchange(ref _gone, null)?.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            _wake.WaitOne();
            if (_wanted && !_stopped)
                Search();
        }
    }

    private void Search()
    {
        PulseWatch? watch = null;
        try
        {
            while (!_stopped)
            {
                // Nobody hears of what comes while a dead device is still held, nor does PortAudio look again.
                Interlocked.Exchange(ref _gone, null)?.Dispose();
                if (watch is { IsAlive: false })
                {
                    watch.Dispose();
                    watch = null;
                }

                watch ??= _opening.Watch(() => _wake.Set());
                if (TryOpen())
                    return;
                _wake.WaitOne(Interval);
            }
        }
        finally
        {
            watch?.Dispose();
        }
    }

    private bool TryOpen()
    {
        try
        {
            IOutputDevice device = _opening.Reopen(_format);
            _wanted = false;
            Volatile.Write(ref _refusal, string.Empty);
            Interlocked.Exchange(ref _next, device)?.Dispose();
            _found();
            return true;
        }
        catch (DeviceException e)
        {
            Volatile.Write(ref _refusal, e.Message);
            return false;
        }
    }
}
