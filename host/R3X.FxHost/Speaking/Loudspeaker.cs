using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// A device, opened with the first line and kept, and the thread that feeds it. Lines are heard in the order they took their places; one
/// begins at the frame where the one before it has ended, whose tail rings on under it. Any thread.
/// </summary>
internal sealed class Loudspeaker : IDisposable
{
    // What the device still holds when a late line is no longer waited for.
    private static readonly TimeSpan NearlyDry = TimeSpan.FromMilliseconds(10);

    private readonly Func<IOutputDevice> _open;
    private readonly VolumeControl _volume;
    private readonly ConcurrentQueue<PlayoutLine> _queue = new();
    private readonly ManualResetEventSlim _changed = new(false, 0);
    private readonly UnheardLines _unheard = new();
    private readonly Lock _gate = new();
    private IOutputDevice? _device;
    private Thread? _thread;
    private PlayoutMix? _mix;
    private AudioBuffer _block = new(1, 1);
    private long _written;

    // When the device was last left without more, and what it held then.
    private long _starvedSince;
    private TimeSpan _heldThen;
    private volatile bool _stopped;

    public Loudspeaker(Func<IOutputDevice> open, VolumeControl volume)
    {
        _open = open;
        _volume = volume;
    }

    /// <summary>Opens the device if it is not open, and says what format it takes.</summary>
    /// <exception cref="DeviceException">There is no device.</exception>
    public IOutputDevice Device()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            return _device ??= _open();
        }
    }

    /// <summary>Takes the next place in the queue. Lines behind it wait until it has been heard, was cancelled, or is disposed.</summary>
    /// <param name="cancellation">Ends the line: it fades within 10 ms, behind what the device holds already.</param>
    public PlayoutLine TakePlace(CancellationToken cancellation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "R3X loudspeaker", Priority = ThreadPriority.AboveNormal };
                _thread.Start();
            }

            var line = new PlayoutLine(_changed, cancellation);
            _queue.Enqueue(line);
            return line;
        }
    }

    /// <summary>Falls silent at once and lets the device go. Lines not yet heard are cancelled.</summary>
    public void Dispose()
    {
        IOutputDevice? device;
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
            device = _device;
        }

        _changed.Set();
        // A write that waits for room goes on.
        device?.Flush();
        _thread?.Join();
        _device?.Dispose();
        EndSounding(static line => line.EndCancelled());
        while (_queue.TryDequeue(out PlayoutLine? line))
            line.EndCancelled();
        // Lines may still set it, which is harmless.
        _changed.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            try
            {
                Turn();
            }
            catch (Exception e) when (!_stopped)
            {
                EndSounding(line => line.EndFailed(e));
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Turn()
    {
        // Before anything is looked at, so that a change from here on is either seen or ends the wait.
        _changed.Reset();
        Retire();
        TimeSpan wait = BeginNext();
        if (_mix is null || (_mix.IsEmpty && _unheard.IsEmpty))
        {
            Wait(wait);
            return;
        }

        // 10 ms at a time, so that volume and cancellation take hold soon.
        AudioBlock block = _block.Block(Math.Clamp(_mix.Format.Frames(10), 1, _block.Frames));
        int frames = _mix.Fill(block, withoutLate: false);
        if (frames == 0)
        {
            if (UntilNearlyDry() is var left && left > TimeSpan.Zero)
            {
                Wait(wait < TimeSpan.Zero || left < wait ? left : wait);
                TellHeard();
                return;
            }

            frames = _mix.Fill(block, withoutLate: true);
        }

        if (frames > 0)
            Write(block.Slice(0, frames));
        else if (!_unheard.IsEmpty)
            Drain();
        else
            Wait(wait);
        TellHeard();
    }

    // Lines that were read to their end are heard when the device has come so far.
    private void Retire()
    {
        _mix?.Settle();
        while (_mix?.TakeThrough() is { } line)
        {
            if (line.IsCancelled)
                line.EndCancelled();
            else
                _unheard.Add(line, _written);
        }
    }

    // Says how long the next line needs until it may begin.
    private TimeSpan BeginNext()
    {
        while (_queue.TryPeek(out PlayoutLine? line))
        {
            if (line.IsEmpty)
            {
                Dequeue().EndCancelled();
                continue;
            }

            if (_mix is { CanBegin: false })
                break;
            if (!line.IsReady(out TimeSpan wait))
                return wait;
            Begin(Dequeue());
        }

        return Timeout.InfiniteTimeSpan;
    }

    private PlayoutLine Dequeue() => _queue.TryDequeue(out PlayoutLine? line) ? line : throw new InvalidOperationException("Only this thread takes lines out.");

    private void Begin(PlayoutLine line)
    {
        try
        {
            AudioFormat format = Device().Format;
            if (line.Ring!.Format != format)
                throw new DeviceException($"The loudspeaker was exchanged for one that runs at {format} instead of {line.Ring.Format} just before the line began. The next line will use it.");
            if (_mix?.Format != format)
            {
                _mix = new PlayoutMix(format);
                _block = new AudioBuffer(format.Channels, PlayoutMix.MostFrames);
            }

            _mix.Begin(line);
        }
        catch (DeviceException e)
        {
            line.EndFailed(e);
        }
    }

    private void Write(AudioBlock block)
    {
        _volume.Apply(block, _mix!.Format.SampleRate);
        IOutputDevice device = Device();
        try
        {
            device.Write(block);
        }
        catch (DeviceException e)
        {
            Exchange(device, e).Write(block);
        }

        _written += block.Frames;
        _starvedSince = 0;
    }

    private void Drain()
    {
        IOutputDevice device = Device();
        try
        {
            device.Drain();
            _unheard.HeardUntil(double.PositiveInfinity);
        }
        catch (DeviceException e)
        {
            Exchange(device, e);
        }
    }

    private TimeSpan Latency()
    {
        IOutputDevice device = Device();
        try
        {
            return device.Latency;
        }
        catch (DeviceException e)
        {
            return Exchange(device, e).Latency;
        }
    }

    // Asked once and then counted down: a device that waits for more before it begins would state the same for ever.
    private TimeSpan UntilNearlyDry()
    {
        if (_starvedSince == 0)
            (_starvedSince, _heldThen) = (Stopwatch.GetTimestamp(), Latency());
        return _heldThen - NearlyDry - Stopwatch.GetElapsedTime(_starvedSince);
    }

    private void TellHeard()
    {
        if (!_unheard.IsEmpty)
            _unheard.HeardUntil(_written - (Latency().TotalSeconds * _mix!.Format.SampleRate));
    }

    // The device is gone, and with it what it held. Another one of the same format takes the lines over where they were.
    private IOutputDevice Exchange(IOutputDevice device, DeviceException gone)
    {
        _unheard.EndAll(line => line.EndFailed(gone));
        lock (_gate)
        {
            if (ReferenceEquals(_device, device))
                _device = null;
        }

        device.Dispose();
        IOutputDevice next = Device();
        if (_mix!.Format != next.Format)
            throw new DeviceException($"{device.Name} went away in the middle of a line, and {next.Name} runs at {next.Format} instead of {_mix.Format}. The next line will use it.");
        return next;
    }

    private void EndSounding(Action<PlayoutLine> end)
    {
        while (_mix?.TakeAny() is { } line)
            end(line);
        _unheard.EndAll(end);
    }

    private void Wait(TimeSpan atMost)
    {
        if (!_stopped)
            _changed.Wait(atMost);
    }
}
