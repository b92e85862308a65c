using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>Opens the loudspeaker somebody named, and opens it again, or what stands in for it, when it went
/// away.</summary>
/// <param name="name"><c>default</c>, a device's name or part of its description, or <c>portaudio:NAME</c>.</param>
/// <param name="options">Buffer and server.</param>
internal sealed class LoudspeakerOpening(string name, OutputDeviceOptions options)
{
    private readonly ISoundServer _server =
        options.Server ?? new SystemSound(name.StartsWith(OutputDevices.PortAudioPrefix, StringComparison.Ordinal));

    private string _wanted =
        name.StartsWith(OutputDevices.PortAudioPrefix, StringComparison.Ordinal)
            ? name[OutputDevices.PortAudioPrefix.Length..] : name;

    /// <summary>What was asked for.</summary>
    public string Wanted => _wanted;

    /// <summary>Opens it in its own format.</summary>
    /// <exception cref="DeviceException">No such device, none at all, or it refuses; the message says what to
    /// do.</exception>
    public IOutputDevice Open() => Open(null);

    /// <summary>Opens it again, or the default one where that may stand in.</summary>
    /// <param name="format">The format to open it in. PulseAudio and PipeWire resample; PortAudio only where the
    /// system does.</param>
    /// <exception cref="DeviceException">There is none, or it refuses.</exception>
    public IOutputDevice Reopen(AudioFormat format)
    {
        try
        {
            return Open(format);
        }
        catch (DeviceException) when (options.FallBackToDefault && _wanted != OutputDevices.DefaultName)
        {
            return _server.Open(OutputDevices.DefaultName, _wanted, format, options, out _);
        }
    }

    /// <summary>Hears of loudspeakers that come, where a server tells; null where none does.</summary>
    /// <param name="came">Called on a thread of the sound system: must neither throw nor wait.</param>
    public ISoundServerWatch? Watch(Action came) => _server.Watch(options, came);

    private IOutputDevice Open(AudioFormat? format)
    {
        IOutputDevice device = _server.Open(_wanted, _wanted, format, options, out string known);
        // From now on it is known by the one name nobody else has.
        _wanted = known;
        return device;
    }
}
