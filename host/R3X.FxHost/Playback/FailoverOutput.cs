using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker that may be unplugged: its writer sees one device in one format whose clock only goes forward, while
/// the devices behind it come and go. What happened is told by <see cref="TryTakeChange"/>; nothing is thrown.
/// </summary>
internal sealed class FailoverOutput : IOutputDevice, IHolding, IGrowing
{
    private readonly OutputDeviceOptions _options;
    private readonly Reconnector _reconnector;
    private readonly DeviceChanges _changes = new();
    private readonly TimeProvider _time;
    private readonly Wakeup _wake;
    private readonly DrainLimit _drainLimit;
    private readonly Action<IOutputDevice, AudioBlock> _drain;
    private readonly PendingAudio _pending;
    private double _capacity;

    // Guards what follows; never held while anything waits.
    private readonly Lock _gate = new();
    private IOutputDevice? _device;
    private string _name;
    private long _lostAt;
    private long _underruns;
    private string? _removal;
    private long _removedAt;
    private long _playedFrom;
    private bool _interrupted;
    private bool _closed;

    private FailoverOutput(
        LoudspeakerOpening opening, IOutputDevice? device, AudioFormat format, OutputDeviceOptions options)
    {
        _options = options;
        _time = options.Time;
        _wake = new Wakeup(_time);
        _drain = Drain;
        _drainLimit = new DrainLimit(_time, () => InterruptDevice(isAsked: false));
        _lostAt = _time.GetTimestamp();
        Format = format;
        _name = device?.Name ?? opening.Wanted;
        _capacity = options.Buffer.TotalSeconds * format.SampleRate;
        _pending = new PendingAudio(format, options.GrownBuffer, _time);
        _reconnector = new Reconnector(opening, format, _time, _wake.Set);
        if (device is not null)
            Use(device);
    }

    /// <inheritdoc/>
    public string Name => Volatile.Read(ref _name);

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long Underruns
    {
        get
        {
            lock (_gate)
                return _underruns + (_device?.Underruns ?? 0);
        }
    }

    /// <inheritdoc/>
    public TimeSpan Latency
    {
        get
        {
            if (Device() is { } device)
                Try(device, static (_, _) => { }, default);
            return TimeSpan.FromSeconds(_pending.Frames / Format.SampleRate);
        }
    }

    /// <inheritdoc/>
    public bool IsHolding { get; private set; }

    /// <inheritdoc/>
    public Action<long>? HoldingChanged { get; set; }

    /// <summary>Opens a loudspeaker that endures.</summary>
    /// <param name="opening">What to open.</param>
    /// <param name="preferred">The format of one that is not there yet.</param>
    /// <param name="options">What becomes of sound without a loudspeaker.</param>
    /// <exception cref="DeviceException">It is not there, and was not to be waited for.</exception>
    public static FailoverOutput Open(LoudspeakerOpening opening, AudioFormat preferred, OutputDeviceOptions options)
    {
        try
        {
            IOutputDevice device = opening.Open();
            return new FailoverOutput(opening, device, device.Format, options);
        }
        catch (DeviceException e) when (options.StartSilent)
        {
            var silent = new FailoverOutput(opening, null, preferred, options);
            silent.Tell(0, DeviceChangeKind.Lost, 0, e.Message);
            silent.RunOn();
            silent._reconnector.Begin(null);
            return silent;
        }
    }

    /// <inheritdoc/>
    public bool TryTakeChange([NotNullWhen(true)] out DeviceChange? change) => _changes.TryTake(out change);

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        IOutputDevice? device = Device();
        _pending.Append(block);
        // What a lost device did not take, the next one gets with the rest.
        if (device is null || !Try(device, static (device, block) => device.Write(block), block))
            WaitForRoom(_capacity);
        else
            Volatile.Write(ref _interrupted, false);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        while (true)
        {
            if (Device() is { } device)
            {
                if (Try(device, _drain, default))
                    return;
            }
            else if (!WaitForRoom(0))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _device?.Flush();
            _pending.Flush();
            _interrupted = false;
        }

        _wake.Set();
    }

    /// <inheritdoc/>
    public int Rewind(int frames)
    {
        int taken = Device()?.Rewind(frames) ?? -1;
        Volatile.Write(ref _interrupted, false);
        return _pending.Rewind(frames, taken);
    }

    /// <inheritdoc/>
    public void InterruptWait()
    {
        if (InterruptDevice(isAsked: true))
            _wake.Set();
    }

    /// <summary>Stops at once and closes; what was not yet heard is dropped.</summary>
    public void Dispose()
    {
        IOutputDevice? device;
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            device = _device;
            _device = null;
        }

        _wake.Set();
        _drainLimit.Dispose();
        _reconnector.Dispose();
        device?.Dispose();
        _pending.Dispose();
        _wake.Dispose();
    }

    // The device that plays, or null while there is none. Takes over one that was found.
    private IOutputDevice? Device()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), this);
        if (_device is { } device)
        {
            if (Volatile.Read(ref _removal) is not { } reason)
                return device;
            Lose(device, reason);
        }

        if (_reconnector.Take() is { } next)
            Resume(next);
        else if (!_pending.IsPassing && _time.GetElapsedTime(_lostAt).TotalSeconds >= _options.HoldSeconds)
            GiveUp();
        return _device;
    }

    /// <inheritdoc/>
    public double Grow()
    {
        double milliseconds = (Device() as IGrowing)?.Grow() ?? 0;
        if (milliseconds > 0)
            _capacity = milliseconds / 1000 * Format.SampleRate;
        return milliseconds;
    }

    private bool InterruptDevice(bool isAsked)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _interrupted |= isAsked;
            _device?.InterruptWait();
            return true;
        }
    }

    private void Drain(IOutputDevice device, AudioBlock none)
    {
        _drainLimit.Drain(device);
        if (!Interlocked.Exchange(ref _interrupted, false))
            _pending.Drained();
    }

    // Does something with a device and notes how far it is, or notes that it is gone.
    private bool Try(IOutputDevice device, Action<IOutputDevice, AudioBlock> what, AudioBlock block)
    {
        try
        {
            what(device, block);
            _pending.State(device.Latency);
            return !HasMoved(device);
        }
        catch (Exception e) when (e is DeviceException or ObjectDisposedException && !Volatile.Read(ref _closed))
        {
            Lose(device, Volatile.Read(ref _removal) ?? e.Message);
            return false;
        }
    }

    // The server may move sound to another loudspeaker, or to none: what it calls a dummy is a loss.
    private bool HasMoved(IOutputDevice device)
    {
        string name = device.Name;
        string before = _name;
        if (ReferenceEquals(name, before) || name == before)
            return false;
        if (name == PulseSink.DummyName || name == _options.Except)
        {
            string where = name == PulseSink.DummyName ? "into nothing" : $"on {name}, whose sound it is";
            Lose(device, $"The loudspeaker {before} has gone, and the sound server plays {where}. Plug it in "
                + $"again or choose another one; `r3x devices` lists them.");
            return true;
        }

        Volatile.Write(ref _name, name);
        Tell(_pending.Next, DeviceChangeKind.Moved, 0, $"The sound server moved the sound from {before} to {name}.");
        return false;
    }

    private void Lose(IOutputDevice device, string reason)
    {
        bool wasRemoved = Volatile.Read(ref _removal) is not null;
        // One that is still there says how far it came; of one that is gone it is known when.
        if (!wasRemoved)
            StateOnce(device);
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            _pending.Wait(wasRemoved ? _removedAt : now);
            _underruns += device.Underruns;
            _device = null;
            _removal = null;
            // Sound is held for so long altogether, however often a device that plays nothing comes and goes meanwhile.
            if (_pending.Next > _playedFrom)
                _lostAt = now;
        }

        Tell(_pending.Next, DeviceChangeKind.Lost, 0, reason);
        if (_options.WhenDeviceGoes == DeviceLoss.Drop)
            RunOn();
        else
            Hold(true);
        _reconnector.Begin(device);
    }

    private void StateOnce(IOutputDevice device)
    {
        try
        {
            _pending.State(device.Latency);
        }
        catch (Exception e) when (e is DeviceException or ObjectDisposedException)
        {
            // Gone: time has to tell.
        }
    }

    private void GiveUp()
    {
        Tell(_pending.Next, DeviceChangeKind.GivenUp, 0,
            $"No loudspeaker came within {_options.HoldSeconds:0.###} seconds. {_reconnector.Refusal}".TrimEnd());
        RunOn();
    }

    // From here on the clock goes without a device.
    private void RunOn()
    {
        _pending.Pass();
        Hold(false);
    }

    private void Resume(IOutputDevice next)
    {
        long missed;
        try
        {
            missed = _pending.GiveTo(next);
        }
        catch (DeviceException)
        {
            // Gone again before it was used.
            _reconnector.Begin(next);
            return;
        }

        Volatile.Write(ref _name, next.Name);
        long frame = _pending.Next;
        Use(next);
        Tell(frame, DeviceChangeKind.Resumed, missed, $"The sound goes on through {next.Name}.");
    }

    private void Use(IOutputDevice device)
    {
        lock (_gate)
        {
            _device = device;
            _removal = null;
            _pending.Play();
            _playedFrom = _pending.Next;
        }

        if (device is IRemovable removable)
            removable.Removed = reason => Removed(device, reason);
        Hold(false);
    }

    // On a thread of the sound system: the search begins before the writer knows.
    private void Removed(IOutputDevice device, string reason)
    {
        _removedAt = _time.GetTimestamp();
        Volatile.Write(ref _removal, reason);
        _reconnector.Begin(device);
        _wake.Set();
    }

    // While there is no device: false when so little is unheard, or the wait was interrupted; true when there is one.
    private bool WaitForRoom(double mostUnheard)
    {
        while (true)
        {
            _wake.Reset();
            if (Device() is not null)
                return true;
            double left = _pending.Frames - mostUnheard;
            if (left <= 0 || Interlocked.Exchange(ref _interrupted, false))
                return false;
            double seconds = !_pending.IsPassing
                ? _options.HoldSeconds - _time.GetElapsedTime(_lostAt).TotalSeconds : left / Format.SampleRate;
            // Rounded up, or the last moment would be spun through.
            _wake.Wait(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(seconds * 1000, 0, 60_000))));
        }
    }

    private void Tell(long frame, DeviceChangeKind kind, long missed, string reason) =>
        _changes.Add(new DeviceChange(frame, kind, Name, missed, reason));

    private void Hold(bool isHolding)
    {
        if (IsHolding == isHolding)
            return;
        IsHolding = isHolding;
        HoldingChanged?.Invoke(_pending.Next);
    }
}
