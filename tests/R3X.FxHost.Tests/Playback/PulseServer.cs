using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>The tests that listen to a loudspeaker: one after the other, on one server.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoudspeakerTests : ICollectionFixture<PulseServer>
{
    public const string Name = "Loudspeaker";
}

/// <summary>
/// A PulseAudio of the tests' own, with null sinks for loudspeakers that can be listened to. It needs the commands
/// pulseaudio, pactl and parec, plays no sound, and is gone with the fixture (or 30 seconds after a crash).
/// </summary>
public sealed class PulseServer : IDisposable
{
    private readonly DirectoryInfo _home;
    private readonly Process _daemon;
    private readonly Dictionary<string, (string Module, SinkRecording? Recording)> _sinks = [];

    public PulseServer()
        : this(listens: true)
    {
    }

    /// <summary>One for a test that breaks it; nobody listens to its loudspeaker unless told, which saves two
    /// seconds.</summary>
    internal PulseServer(bool listens)
    {
        _home = Directory.CreateTempSubdirectory("r3x-pulse-");
        string socket = Path.Combine(_home.FullName, "native");
        Address = $"unix:{socket}";
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = _home.FullName,
            ["XDG_RUNTIME_DIR"] = _home.FullName,
            ["XDG_CONFIG_HOME"] = _home.FullName,
            ["PULSE_SERVER"] = Address,
        };

        // It returns when the server answers.
        Run(
            "pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=30", "--high-priority=no", "--realtime=no",
                "--disable-shm=yes",
            "--log-target=file:" + Path.Combine(_home.FullName, "log"),
            "-L", $"module-native-protocol-unix auth-anonymous=1 socket={socket}");
        string pid = File.ReadAllText(Path.Combine(_home.FullName, "pulse", "pid"));
        _daemon = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        AddSilentSink("r3x", 48_000, 2, "The droid's chest loudspeaker");
        if (listens)
            Default = Listen("r3x", 48_000, 2);
    }

    /// <summary>Where the server listens, as PULSE_SERVER writes it.</summary>
    public string Address { get; }

    /// <summary>What a child process needs in its environment to play here.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What is heard from the default sink, `r3x`: 48 kHz, stereo.</summary>
    public SinkRecording Default { get; } = null!;

    /// <summary>Adds a loudspeaker and starts to listen to it.</summary>
    /// <param name="map">PulseAudio's names of its channels with commas between, or null for its usual ones.</param>
    public SinkRecording AddSink(string name, int rate, int channels, string description, string? map = null)
    {
        AddSilentSink(name, rate, channels, description, map);
        return Listen(name, rate, channels, map);
    }

    /// <summary>Adds a loudspeaker nobody listens to.</summary>
    public void AddSilentSink(string name, int rate, int channels, string description, string? map = null)
    {
        // What a test that failed has left.
        if (_sinks.ContainsKey(name))
            RemoveSink(name);
        // Without norewinds the monitor misses what a flush took back.
        string module = Run(
            "pactl", "load-module", "module-null-sink", $"sink_name={name}", "norewinds=1", "format=float32le",
                $"rate={rate}", $"channels={channels}",
            $"sink_properties=device.description=\"{description.Replace(" ", "\\ ", StringComparison.Ordinal)}\"",
            map is null ? string.Empty : $"channel_map={map}");
        _sinks.Add(name, (module.Trim(), null));
    }

    /// <summary>
    /// Adds a loudspeaker that sounds through another one, so that what it sounds is heard there, also while it is
    /// unplugged.
    /// </summary>
    public void AddSinkThrough(string master, string name)
    {
        string module = Run(
            "pactl", "load-module", "module-remap-sink", $"sink_name={name}", $"master={master}", "remix=no",
            $"sink_properties=device.description={name}");
        _sinks.Add(name, (module.Trim(), null));
    }

    /// <summary>Chooses the loudspeaker of those who choose none.</summary>
    public void MakeDefault(string name)
    {
        // Those who listen stay where they are.
        Run("pactl", "set-default-source", "r3x.monitor");
        Run("pactl", "set-default-sink", name);
    }

    /// <summary>Unplugs a loudspeaker.</summary>
    public void RemoveSink(string name)
    {
        _sinks.Remove(name, out (string Module, SinkRecording? Recording) sink);
        Run("pactl", "unload-module", sink.Module);
        sink.Recording?.Dispose();
    }

    /// <summary>Runs a command against this server to its end.</summary>
    public string Run(string command, params string[] arguments)
    {
        using Process process = Begin(command, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} failed with {process.ExitCode}.");
        return output;
    }

    public void Dispose()
    {
        foreach ((_, SinkRecording? recording) in _sinks.Values)
            recording?.Dispose();
        _daemon.Kill();
        _daemon.WaitForExit(5_000);
        _daemon.Dispose();
        _home.Delete(recursive: true);
    }

    /// <summary>Listens to a loudspeaker that somebody else has made; the caller disposes it.</summary>
    public SinkRecording Record(string name, int rate, int channels, string? map = null)
    {
        Process recorder = Begin(
            "parec", "--raw", "--latency-msec=5", "-d", $"{name}.monitor", "--format=float32le", $"--rate={rate}",
                $"--channels={channels}",
            map is null ? "--fix-channels" : $"--channel-map={map}");
        var recording = new SinkRecording(recorder, rate, channels);
        recording.WaitUntilPrompt();
        return recording;
    }

    private SinkRecording Listen(string name, int rate, int channels, string? map = null)
    {
        SinkRecording recording = Record(name, rate, channels, map);
        _sinks[name] = (_sinks[name].Module, recording);
        return recording;
    }

    /// <summary>Begins a command against this server; the caller disposes it.</summary>
    public Process Begin(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true,
            RedirectStandardInput = true };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
