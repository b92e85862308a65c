using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Versioning;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// The machine's own loudspeakers: PulseAudio's or PipeWire's, on Windows WASAPI's, and PortAudio's where there is
/// neither.
/// </summary>
/// <param name="pastServer">Whether a sound server is passed by; Windows has none.</param>
internal sealed class SystemSound(bool pastServer) : ISoundServer
{
    // What came from a sound server is not looked for past it: the server will be back.
    private bool _onServer;

    /// <inheritdoc/>
    public IOutputDevice Open(
        string wanted, string home, AudioFormat? format, OutputDeviceOptions options, out string name)
    {
        List<string> tried = [];
        if (OperatingSystem.IsWindows())
            return OpenWasapi(wanted, home, format, options, out name);
        if (!pastServer && OutputDevices.AskPulse(options, tried) is { } pulse)
            return OpenPulse(pulse, wanted, home, format, options, out name);
        if (_onServer)
            throw OutputDevices.Nothing(tried);
        name = wanted;
        return OpenPortAudio(wanted, format, options, tried);
    }

    /// <inheritdoc/>
    public ISoundServerWatch? Watch(OutputDeviceOptions options, Action came) =>
        pastServer ? null : PulseWatch.Begin(options.PulseServer, options.ApplicationName, came);

    private PulseDevice OpenPulse(
        PulseSinks pulse, string wanted, string home, AudioFormat? format, OutputDeviceOptions options, out string name)
    {
        PulseSink sink = wanted == OutputDevices.DefaultName
            ? pulse.Default!
            : pulse.Sinks[DeviceNames.Find(wanted, [.. pulse.Sinks.Select(s => (s.Name, s.Description))])];
        if (_onServer && sink.IsDummy)
            throw new DeviceException($"The sound server has no loudspeaker but its dummy, {sink.Description}.");
        name = wanted == OutputDevices.DefaultName ? wanted : sink.Name;
        string? named = home == OutputDevices.DefaultName ? null : wanted == home ? sink.Name : home;
        var device = new PulseDevice(pulse, sink, named, options, format);
        _onServer = true;
        if (!device.IsSuspended)
            return device;
        device.Dispose();
        throw new DeviceException(
            $"The sound server has suspended the loudspeaker {sink.Name}. Wake it with: pactl suspend-sink {sink.Name} "
                + $"0");
    }

    [SupportedOSPlatform("windows")]
    private static WasapiDevice OpenWasapi(
        string wanted, string home, AudioFormat? format, OutputDeviceOptions options, out string name)
    {
        List<string> tried = [];
        IReadOnlyList<WasapiOutput> outputs = OutputDevices.AskWindows(tried);
        if (outputs.Count == 0)
            throw OutputDevices.Nothing(tried);
        int index = wanted == OutputDevices.DefaultName
            ? 0
            : DeviceNames.Find(wanted, [.. outputs.Select(o => (o.Name, o.Id))]);
        string id = outputs[index].Id;
        name = wanted == OutputDevices.DefaultName ? wanted : id;
        string? named = home == OutputDevices.DefaultName ? null : wanted == home ? id : home;
        return new WasapiDevice(outputs[index], named, options, format);
    }

    private static PortAudioDevice OpenPortAudio(
        string wanted, AudioFormat? format, OutputDeviceOptions options, List<string> tried)
    {
        PortAudio? audio = OutputDevices.UsePortAudio(tried, out IReadOnlyList<PortAudioOutput> outputs);
        try
        {
            if (audio is null || outputs.Count == 0)
                throw OutputDevices.Nothing(tried);
            int index = wanted == OutputDevices.DefaultName
                ? 0 : DeviceNames.Find(wanted, [.. outputs.Select(o => (o.Name, o.Name))]);
            var device = new PortAudioDevice(audio, outputs[index], options, format);
            audio = null;
            return device;
        }
        finally
        {
            audio?.Dispose();
        }
    }
}
