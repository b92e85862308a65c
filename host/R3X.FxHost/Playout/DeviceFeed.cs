using System;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>What an open device was given: counted, kept as long as it can be taken back, told to the clock.
/// Loudspeaker's thread.</summary>
/// <param name="device">The device.</param>
/// <param name="clock">Told where the device is.</param>
/// <param name="observer">Follows what is written.</param>
/// <param name="written">The number its first frame gets.</param>
/// <param name="events">Told what becomes of it.</param>
internal sealed class DeviceFeed(
    IOutputDevice device, DeviceClock clock, IPlayoutObserver observer, long written, DeviceEvents events)
{
    /// <summary>How much of what was written is kept, in milliseconds: more than a device may hold.</summary>
    public const double HistoryMilliseconds = 2_500;

    private static readonly TimeSpan RestsAfter = TimeSpan.FromSeconds(1);

    private readonly FrameRing _history = new(device.Format, device.Format.Frames(HistoryMilliseconds));
    private readonly IHolding? _holding = device as IHolding;
    private readonly long _first = written;
    private long _drained = written;
    private long _underruns = device.Underruns;
    private bool _mayRunDry = true;

    // When the device was last left without more, and what it held then.
    private long _starvedSince;
    private TimeSpan _heldThen;

    /// <summary>The device.</summary>
    public IOutputDevice Device => device;

    /// <summary>Where the device is.</summary>
    public DeviceClock Clock => clock;

    /// <summary>The device's format.</summary>
    public AudioFormat Format => device.Format;

    /// <summary>Whether the device is gone, and what it was given and has not played waits for the next one.</summary>
    public bool IsHolding => _holding is { IsHolding: true };

    /// <summary>The number of the frame that is written next.</summary>
    public long Written { get; private set; } = written;

    /// <summary>Whether everything written is known to have been heard.</summary>
    public bool IsDrained => _drained == Written;

    /// <summary>Whether the device was silent for so long that it may have gone to sleep, or has never
    /// sounded.</summary>
    public bool HasRested => IsDrained && (Written == _first || clock.Source.GetElapsedTime(SilentFrom) >= RestsAfter);

    /// <summary>When everything written will have been heard, as the clock counts.</summary>
    public long SilentFrom => clock.TimestampOf(Written);

    /// <summary>The clock and the voice follow this device from here on.</summary>
    public void Begin()
    {
        clock.Set(Written, Written, Format.SampleRate);
        observer.Restart(Format);
        if (_holding is not null)
            _holding.HoldingChanged = HoldingChanged;
    }

    /// <summary>Gives the device frames; returns when it has taken them.</summary>
    /// <param name="block">The frames.</param>
    /// <param name="isVoice">Whether a line sounds in them.</param>
    /// <exception cref="DeviceException">The device is gone.</exception>
    public void Write(AudioBlock block, bool isVoice)
    {
        NoteUnderruns();
        _mayRunDry = false;
        observer.Announce(Written, block.Frames, isVoice);
        _history.Write(Written, block);
        observer.AddTo(Written, block);
        device.Write(block);
        Written += block.Frames;
        _starvedSince = 0;
        Locate();
    }

    /// <summary>Takes back what the device has not played, so that other frames come in its place.</summary>
    /// <param name="notBefore">Nothing in front of this frame.</param>
    public void TakeBack(long notBefore)
    {
        long most = Math.Min(Written - notBefore, _history.Capacity);
        if (most > 0)
            Written -= device.Rewind((int)most);
        observer.TakeBack(Written);
        Locate();
    }

    /// <summary>Reads frames that were written, those taken back among them, until others have come in their
    /// place.</summary>
    public void ReadBack(long frame, AudioBlock block) => _history.Read(frame, block);

    /// <summary>
    /// How long the device still has something to play. It is asked once and then counted down: one that waits for more
    /// before it begins would state the same for ever. One that is gone plays nothing meanwhile.
    /// </summary>
    /// <exception cref="DeviceException">The device is gone.</exception>
    public TimeSpan UntilDry()
    {
        if (IsHolding)
        {
            _starvedSince = 0;
            return Locate();
        }

        if (_starvedSince == 0)
            (_starvedSince, _heldThen) = (clock.Source.GetTimestamp(), Locate());
        return _heldThen - clock.Source.GetElapsedTime(_starvedSince);
    }

    /// <summary>Everything written has been heard.</summary>
    public void Drained()
    {
        _drained = Written;
        // Draining takes a few ms longer than the sound; where the device stated its latency, the clock knows better.
        if (clock.Heard < Written)
            clock.Set(Written, Written, Format.SampleRate);
    }

    /// <summary>Notes what became of the device. Often; it costs next to nothing.</summary>
    public void Watch()
    {
        while (device.TryTakeChange(out DeviceChange? change))
            events.Note(_first + change.Frame, change);
    }

    /// <summary>Says that there is nothing to write: until there is, running out is not the device's fault.</summary>
    public void MayRunDry()
    {
        NoteUnderruns();
        _mayRunDry = true;
    }

    /// <summary>Tells the clock where the device is.</summary>
    /// <returns>How much sound it holds.</returns>
    /// <exception cref="DeviceException">The device is gone.</exception>
    public TimeSpan Locate()
    {
        TimeSpan latency = device.Latency;
        double unheard = latency.TotalSeconds * Format.SampleRate;
        // Where it is gone the clock stands, unless everything in front of it was taken back.
        if (!IsHolding || unheard < 1)
            clock.Set(Written - unheard, Written, Format.SampleRate);
        return latency;
    }

    // Within a call of the device, which may not return before another one is there.
    private void HoldingChanged(long frame)
    {
        if (IsHolding)
        {
            clock.Freeze();
            observer.Mute((long)clock.Heard);
        }
        else
        {
            clock.Set(_first + frame, Written, Format.SampleRate);
            observer.Unmute(_first + frame);
        }
    }

    private void NoteUnderruns()
    {
        long now = device.Underruns;
        if (now > _underruns && !_mayRunDry)
        {
            events.NoteUnderruns(now - _underruns);
            (device as IGrowing)?.Grow();
        }

        _underruns = now;
    }
}
