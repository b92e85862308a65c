using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>Opens the loudspeaker somebody named, and opens it again, or what stands in for it, when it went away.</summary>
/// <param name="name"><c>default</c>, a device's name or part of its description, or <c>portaudio:NAME</c>.</param>
/// <param name="options">Buffer and server.</param>
internal sealed class LoudspeakerOpening(string name, OutputDeviceOptions options)
{
    private readonly bool _pastServer = name.StartsWith(OutputDevices.PortAudioPrefix, StringComparison.Ordinal);
    private string _wanted = name.StartsWith(OutputDevices.PortAudioPrefix, StringComparison.Ordinal) ? name[OutputDevices.PortAudioPrefix.Length..] : name;
    private bool _onServer;

    /// <summary>What was asked for.</summary>
    public string Wanted => _wanted;

    /// <summary>Opens it in its own format.</summary>
    /// <exception cref="DeviceException">No such device, none at all, or it refuses; the message says what to do.</exception>
    public IOutputDevice Open() => Open(null, _wanted);

    /// <summary>
    /// Opens it again, or the default one where that may stand in. What came from a sound server is not looked for past it:
    /// the server will be back.
    /// </summary>
    /// <param name="format">The format to open it in. PulseAudio and PipeWire resample; PortAudio only where the system does.</param>
    /// <exception cref="DeviceException">There is none, or it refuses.</exception>
    public IOutputDevice Reopen(AudioFormat format)
    {
        try
        {
            return Open(format, _wanted);
        }
        catch (DeviceException) when (options.FallBackToDefault && _wanted != OutputDevices.DefaultName)
        {
            return Open(format, OutputDevices.DefaultName);
        }
    }

    /// <summary>Hears of loudspeakers that come, where a server tells; null where none does.</summary>
    /// <param name="came">Called on a thread of the sound system: must neither throw nor wait.</param>
    public PulseWatch? Watch(Action came) => _pastServer ? null : PulseWatch.Begin(options.PulseServer, options.ApplicationName, came);

    private IOutputDevice Open(AudioFormat? format, string wanted)
    {
        List<string> tried = [];
        if (!_pastServer && OutputDevices.AskPulse(options, tried) is { } pulse)
            return OpenPulse(pulse, format, wanted);
        if (_onServer)
            throw OutputDevices.Nothing(tried);
        return OpenPortAudio(format, wanted, tried);
    }

    private PulseDevice OpenPulse(PulseSinks pulse, AudioFormat? format, string wanted)
    {
        PulseSink sink = wanted == OutputDevices.DefaultName
            ? pulse.Default!
            : pulse.Sinks[DeviceNames.Find(wanted, [.. pulse.Sinks.Select(s => (s.Name, s.Description))])];
        if (_onServer && sink.IsDummy)
            throw new DeviceException($"The sound server has no loudspeaker but its dummy, {sink.Description}.");
        bool wantsDefault = _wanted == OutputDevices.DefaultName;
        // From now on it is known by the one name nobody else has.
        if (!wantsDefault && wanted == _wanted)
            _wanted = sink.Name;
        var device = new PulseDevice(pulse, sink, wantsDefault ? null : _wanted, options, format);
        _onServer = true;
        return device;
    }

    private PortAudioDevice OpenPortAudio(AudioFormat? format, string wanted, List<string> tried)
    {
        PortAudio? audio = OutputDevices.UsePortAudio(tried, out IReadOnlyList<PortAudioOutput> outputs);
        try
        {
            if (audio is null || outputs.Count == 0)
                throw OutputDevices.Nothing(tried);
            int index = wanted == OutputDevices.DefaultName ? 0 : DeviceNames.Find(wanted, [.. outputs.Select(o => (o.Name, o.Name))]);
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
