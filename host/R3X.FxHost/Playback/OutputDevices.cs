using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Versioning;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// The loudspeakers of this machine. On Linux PulseAudio and PipeWire come first, through libpulse; Windows has its own
/// (WASAPI); PortAudio is for Linux without a sound server, and for macOS.
/// </summary>
public static class OutputDevices
{
    /// <summary>The name that opens whatever the system plays on.</summary>
    public const string DefaultName = "default";

    /// <summary>The name of the silent device.</summary>
    public const string NullName = "null";

    private const string FilePrefix = "file:";

    /// <summary>What stands before a name that is meant past the sound server.</summary>
    internal const string PortAudioPrefix = "portaudio:";

    private static readonly AudioFormat Unasked = new(48_000, 2);

    /// <summary>
    /// The loudspeakers there are now, the default first; none is not an error. <c>null</c> and <c>file:PATH</c> open
    /// without being listed.
    /// </summary>
    /// <param name="options">The server to ask; null for the usual settings.</param>
    public static IReadOnlyList<OutputDeviceInfo> List(OutputDeviceOptions? options = null) => Survey(options).Devices;

    /// <summary>The loudspeakers there are now, and what each sound system answered.</summary>
    /// <param name="options">The server to ask; null for the usual settings.</param>
    internal static OutputSurvey Survey(OutputDeviceOptions? options = null)
    {
        options ??= OutputDeviceOptions.Default;
        List<string> tried = [];
        if (OperatingSystem.IsWindows())
            return new OutputSurvey([.. AskWindows(tried).Select(Describe)], tried);
        if (AskPulse(options, tried) is { } pulse)
            return new OutputSurvey([.. pulse.Sinks.OrderBy(s => s == pulse.Default ? 0 : 1).Select(
                s => Describe(s, s == pulse.Default))], tried);
        using PortAudio? audio = UsePortAudio(tried, out IReadOnlyList<PortAudioOutput> outputs);
        return new OutputSurvey([.. outputs.Select(Describe)], tried);
    }

    /// <summary>
    /// Opens a device. A loudspeaker endures: unless <see cref="OutputDeviceOptions.WhenDeviceGoes"/> says otherwise,
    /// it may be unplugged and the device goes on, in the same format, on what takes its place.
    /// </summary>
    /// <param name="name">
    /// <c>default</c>; a device's name or part of its description; <c>null</c>, silent at a loudspeaker's pace;
    /// <c>file:PATH</c>, which records to a 32-bit float WAV; <c>portaudio:NAME</c>, past the sound server.
    /// </param>
    /// <param name="preferred">The format of <c>null</c> and <c>file:</c> (48 kHz stereo without it). A loudspeaker
    /// keeps its own.</param>
    /// <param name="options">Buffer, server, clock; null for the usual settings.</param>
    /// <exception cref="DeviceException">No such device, none at all, or it refuses; the message says what to
    /// do.</exception>
    public static IOutputDevice Open(string name, AudioFormat? preferred = null, OutputDeviceOptions? options = null)
    {
        options ??= OutputDeviceOptions.Default;
        if (name == NullName)
            return new NullDevice(preferred ?? Unasked, options);
        if (name.StartsWith(FilePrefix, StringComparison.Ordinal))
            return new FileDevice(name[FilePrefix.Length..], preferred ?? Unasked, options);

        return options.WhenDeviceGoes == DeviceLoss.Fail && !options.StartSilent
            ? new LoudspeakerOpening(name, options).Open()
            : FailoverOutput.Open(new LoudspeakerOpening(name, options), preferred ?? Unasked, options);
    }

    internal static PulseSinks? AskPulse(OutputDeviceOptions options, List<string> tried)
    {
        try
        {
            PulseSinks pulse = PulseSinks.Ask(options.PulseServer, options.ApplicationName, options.Except);
            tried.Add(pulse.Sinks.Count > 0
                ? $"PulseAudio: {pulse.Software} answers with {Count(pulse.Sinks.Count)}."
                : $"PulseAudio: {pulse.Software} answers, but has no loudspeaker.");
            return pulse.Sinks.Count > 0 ? pulse : null;
        }
        catch (DeviceException e)
        {
            tried.Add($"PulseAudio: {e.Message}.");
            return null;
        }
    }

    [SupportedOSPlatform("windows")]
    internal static IReadOnlyList<WasapiOutput> AskWindows(List<string> tried)
    {
        try
        {
            IReadOnlyList<WasapiOutput> outputs = WasapiOutput.List();
            tried.Add(outputs.Count > 0
                ? $"WASAPI: Windows has {Count(outputs.Count)}."
                : "WASAPI: Windows has no loudspeaker.");
            return outputs;
        }
        catch (DeviceException e)
        {
            tried.Add($"WASAPI: {e.Message}.");
            return [];
        }
    }

    internal static PortAudio? UsePortAudio(List<string> tried, out IReadOnlyList<PortAudioOutput> outputs)
    {
        outputs = [];
        try
        {
            PortAudio audio = PortAudio.Use();
            outputs = PortAudioOutputs.List(audio);
            tried.Add(outputs.Count > 0
                ? $"PortAudio: finds {Count(outputs.Count)} through {outputs[0].HostName}."
                : "PortAudio: it finds no loudspeaker.");
            return audio;
        }
        catch (DeviceException e)
        {
            tried.Add($"PortAudio: {e.Message}.");
            return null;
        }
    }

    private static string Count(int loudspeakers) =>
        loudspeakers == 1 ? "one loudspeaker" : $"{loudspeakers} loudspeakers";

    internal static DeviceException Nothing(List<string> tried) =>
        new($"No loudspeaker was found. {string.Join(' ', tried)} {InstallLines.NoLoudspeaker} "
            + "Rendering to a file needs no loudspeaker.");

    private static OutputDeviceInfo Describe(PulseSink sink, bool isDefault) =>
        new(sink.Name, sink.Description, "PulseAudio", sink.Format, isDefault) { Latency = sink.Latency };

    private static OutputDeviceInfo Describe(WasapiOutput output) =>
        new(output.Name, output.Name, "WASAPI", output.Format, output.IsDefault);

    private static OutputDeviceInfo Describe(PortAudioOutput output) =>
        new(output.Name, output.Name, $"PortAudio ({output.HostName})", output.Format,
            output.IsDefault) { Latency = output.Latency };
}
