using System;
using System.Buffers;
using System.Linq;
using System.Runtime.InteropServices;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Sinks;

/// <summary>
/// A virtual loudspeaker on a PulseAudio or PipeWire server: what programs play on it is recorded, to be heard through
/// a chain on a real one (<see cref="FxHost.PlayAsync"/>). It is there until it is disposed; a run that was killed
/// leaves it behind, and the next one of the same name removes it.
/// </summary>
public sealed class VirtualSink : IDisposable
{
    /// <summary>The name it has unless told otherwise.</summary>
    public const string UsualName = "r3x";

    /// <summary>How much sound is made before the real loudspeaker begins to play it, in milliseconds, unless told
    /// otherwise: a machine may be late by half of it without a gap.</summary>
    public const double UsualBufferMilliseconds = 30;

    /// <summary>The least of it.</summary>
    public const double MinimumBufferMilliseconds = 10;

    /// <summary>The most of it.</summary>
    public const double MaximumBufferMilliseconds = 500;

    // The server halves it: programs' sound comes 5 ms at a time.
    private const double FragmentMilliseconds = 10;
    private const int MostName = 100;
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private readonly OutputDeviceOptions _options;
    private readonly PulseConnection _connection;
    private readonly PulseNullSink _sink;

    private VirtualSink(string name, string loudspeaker, AudioFormat format, double buffer, OutputDeviceOptions options)
    {
        (Name, Loudspeaker, Format, _options, BufferMilliseconds) = (name, loudspeaker, format, options, buffer);
        try
        {
            _connection = new PulseConnection(options.PulseServer, options.ApplicationName);
            _sink = new PulseNullSink(_connection, name, format);
            Recording = new PulseRecording(
                _connection, _sink.Monitor, PulseNullSink.RecorderName, format, FragmentMilliseconds);
            _sink.RestartClock();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its name, as programs choose it: <c>PULSE_SINK=r3x program</c>.</summary>
    public string Name { get; }

    /// <summary>The real loudspeaker's name.</summary>
    public string Loudspeaker { get; }

    /// <summary>The rate and channels in which it takes sound: the real loudspeaker's, two channels at most.</summary>
    public AudioFormat Format { get; }

    /// <summary>What became of its sound so far. Any thread.</summary>
    public SinkReport Report { get; internal set; } = new();

    internal double BufferMilliseconds { get; }

    internal PulseRecording Recording { get; } = null!;

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name: letters, digits, dots, hyphens and underscores.</param>
    /// <param name="device">The real loudspeaker, as <see cref="OutputDevices.Open"/> takes it. <c>default</c> is the
    /// server's default one, or a real one where the default is this one.</param>
    /// <param name="bufferMilliseconds">How much sound is made before the real loudspeaker begins to play it.</param>
    /// <param name="options">The server; null for the usual settings.</param>
    /// <exception cref="FormatException">A name or a buffer that cannot be, or the loudspeaker is the sink
    /// itself.</exception>
    /// <exception cref="DeviceException">There is no server, no real loudspeaker, or the name is taken; the message
    /// says what to do.</exception>
    public static VirtualSink Open(
        string name = UsualName, string device = OutputDevices.DefaultName,
        double bufferMilliseconds = UsualBufferMilliseconds, OutputDeviceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(device);
        Check(name, device, bufferMilliseconds);
        options = (options ?? OutputDeviceOptions.Default) with
        {
            Except = name,
            // What is late is not worth hearing late for the rest of the day.
            WhenDeviceGoes = DeviceLoss.Drop,
            // It grows by the pace, 10 ms at a time.
            BufferMilliseconds = Math.Max(2 * bufferMilliseconds, OutputDeviceOptions.MinimumBufferMilliseconds),
            GrownMilliseconds = 0,
        };
        PulseSinks server = Ask(name, options);
        if (device == OutputDevices.NullName || device.StartsWith("file:", StringComparison.Ordinal))
            return new VirtualSink(name, device, new AudioFormat(48_000, 2), bufferMilliseconds, options);
        PulseSink real = RealOf(server, name, device);
        var format = new AudioFormat(real.Format.SampleRate, Math.Min(real.Format.Channels, 2));
        return new VirtualSink(name, real.Name, format, bufferMilliseconds, options);
    }

    /// <summary>Opens the real loudspeaker, for <see cref="FxHostOptions.OpenDevice"/> of the host that plays this. It
    /// is never the virtual one: where the real one goes, another real one takes its place until it comes
    /// back.</summary>
    /// <exception cref="DeviceException">It is gone, or refuses.</exception>
    public IOutputDevice OpenLoudspeaker() => OutputDevices.Open(Loudspeaker, Format, _options);

    /// <summary>Removes it. Programs that play on it go on, on the server's default one.</summary>
    public void Dispose()
    {
        Recording?.Dispose();
        _sink?.Dispose();
        _connection?.Dispose();
    }

    private static void Check(string name, string device, double bufferMilliseconds)
    {
        if (name.Length is 0 or > MostName
            || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new FormatException($"\"{name}\" cannot be the name of a virtual loudspeaker. Use letters, digits, "
                + $"dots, hyphens and underscores, {MostName} at most.");
        }

        if (device == name || device == name + ".monitor")
        {
            throw new FormatException($"\"{device}\" is the virtual loudspeaker itself: what it plays there would come "
                + $"back to it for ever. Name a real loudspeaker; `r3x devices` lists them.");
        }

        if (bufferMilliseconds is not (>= MinimumBufferMilliseconds and <= MaximumBufferMilliseconds))
        {
            throw new FormatException(FormattableString.Invariant(
                $"A buffer of {bufferMilliseconds} ms cannot be: {MinimumBufferMilliseconds} to ")
                + FormattableString.Invariant($"{MaximumBufferMilliseconds} ms are possible."));
        }
    }

    private static PulseSinks Ask(string name, OutputDeviceOptions options)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            string cable = OperatingSystem.IsWindows() ? "VB-CABLE" : "BlackHole";
            throw new DeviceException("A virtual loudspeaker needs PulseAudio or PipeWire, which are Linux's. Here, "
                + $"let programs play on a virtual cable such as {cable}, record that with ffmpeg, and pipe it into "
                + $"r3x play.");
        }

        try
        {
            return PulseSinks.Ask(options.PulseServer, options.ApplicationName, name);
        }
        catch (DeviceException e)
        {
            string remedy = NativeLibrary.TryLoad(PulseNative.Library, out _)
                ? "Start it: pulseaudio --start, or systemctl --user start pipewire-pulse."
                : $"Install it: {InstallLines.Pulse}.";
            throw new DeviceException(
                $"There is no sound server for the virtual loudspeaker {name}: {e.Message}. {remedy}", e);
        }
    }

    private static PulseSink RealOf(PulseSinks server, string name, string device)
    {
        if (device != OutputDevices.DefaultName)
            return server.Sinks[DeviceNames.Find(device, [.. server.Sinks.Select(s => (s.Name, s.Description))])];
        return server.Default is { IsDummy: false } real
            ? real
            : throw new DeviceException($"The sound server has no real loudspeaker on which {name} could be heard. "
                + $"Plug one in; `r3x devices` lists them.");
    }
}
