using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Simulation;

/// <summary>
/// A sound server without time of its own and without threads: what its loudspeakers have sounded follows from the
/// clock. They can be plugged and unplugged, told late, suspended, and hang.
/// </summary>
internal sealed class VirtualSoundServer(VirtualTime time) : ISoundServer
{
    private readonly List<VirtualSink> _sinks = [];
    private readonly List<VirtualDevice> _devices = [];
    private readonly List<VirtualWatch> _watches = [];

    /// <summary>How long it takes to open a loudspeaker.</summary>
    public TimeSpan OpeningTime { get; set; }

    /// <summary>How often one was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>The devices that are open.</summary>
    public IReadOnlyList<VirtualDevice> Devices => _devices;

    /// <summary>Options of a host that plays here.</summary>
    public OutputDeviceOptions Options => new() { Time = time, Server = this };

    /// <summary>Plugs a loudspeaker in. The first one is the default.</summary>
    public VirtualSink Plug(string name = "r3x", int rate = 48_000, int channels = 2)
    {
        var sink = new VirtualSink(time, name, new AudioFormat(rate, channels));
        _sinks.Add(sink);
        foreach (VirtualWatch watch in _watches.ToArray())
            watch.Came();
        return sink;
    }

    /// <summary>Pulls one out.</summary>
    /// <param name="sink">Which.</param>
    /// <param name="noticeMilliseconds">How long after that those who play on it are told.</param>
    public void Unplug(VirtualSink sink, double noticeMilliseconds = 0)
    {
        _sinks.Remove(sink);
        sink.Unplug();
        foreach (VirtualDevice device in _devices.Where(device => device.Sink == sink).ToArray())
        {
            if (noticeMilliseconds > 0)
                time.After(noticeMilliseconds, device.Die);
            else
                device.Die();
        }
    }

    /// <summary>Lets one play nothing of what it is given, or go on with it.</summary>
    public void Suspend(VirtualSink sink, bool isSuspended = true)
    {
        sink.IsSuspended = isSuspended;
        foreach (VirtualDevice device in _devices.Where(device => device.Sink == sink).ToArray())
            device.Suspended(isSuspended);
    }

    public IOutputDevice Open(
        string wanted, string home, AudioFormat? format, OutputDeviceOptions options, out string name)
    {
        if (OpeningTime > TimeSpan.Zero)
            time.Advance(OpeningTime);
        VirtualSink sink = (
            wanted == OutputDevices.DefaultName ? _sinks.FirstOrDefault() : _sinks.Find(sink => sink.Name == wanted))
            ?? throw new DeviceException($"There is no loudspeaker '{wanted}'.");
        if (sink.IsSuspended)
            throw new DeviceException($"The sound server has suspended the loudspeaker {sink.Name}.");
        Openings++;
        name = wanted == OutputDevices.DefaultName ? wanted : sink.Name;
        var device = new VirtualDevice(time, sink, format ?? sink.Format, options, closed => _devices.Remove(closed));
        _devices.Add(device);
        return device;
    }

    public ISoundServerWatch? Watch(OutputDeviceOptions options, Action came)
    {
        var watch = new VirtualWatch(came, ended => _watches.Remove(ended));
        _watches.Add(watch);
        return watch;
    }

    private sealed class VirtualWatch(Action came, Action<VirtualWatch> ended) : ISoundServerWatch
    {
        public Action Came => came;

        public bool IsAlive => true;

        public void Dispose() => ended(this);
    }
}
