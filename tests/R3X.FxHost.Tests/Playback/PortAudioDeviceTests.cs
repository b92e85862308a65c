using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>PortAudio through ALSA's pulse plugin into the tests' own sound server.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed partial class PortAudioDeviceTests : IDisposable
{
    private const int Rate = 44_100;

    private readonly PulseServer _server;
    private readonly string _configuration = Path.GetTempFileName();

    public PortAudioDeviceTests(PulseServer server)
    {
        _server = server;
        Configure(server, "pa", "pa", "other");
        // ALSA reads it whenever PortAudio starts.
        _ = SetEnvironment("ALSA_CONFIG_PATH", _configuration, 1);
    }

    public void Dispose()
    {
        _ = UnsetEnvironment("ALSA_CONFIG_PATH");
        File.Delete(_configuration);
    }

    [Fact]
    public void What_is_written_is_heard_a_drain_hears_it_out_and_a_flush_cuts_it_short()
    {
        SinkRecording recording = _server.AddSink("pa", Rate, 2, "PortAudio's");
        using IOutputDevice device = OutputDevices.Open(
            "portaudio:pa", null, new OutputDeviceOptions { BufferMilliseconds = 800 });
        Assert.Equal(new AudioFormat(Rate, 2), device.Format);
        AudioBuffer sound = Noise.Make(2, Rate / 2);

        for (int i = 0; i < 2; i++)
        {
            long returned = 0;
            (long start, long end) = recording.Hear(() =>
            {
                device.Play(sound, 700);
                device.Drain();
                returned = Stopwatch.GetTimestamp();
                return sound.Frames;
            });
            Assert.Equal(sound.Frames, end - start);
            for (int channel = 0; channel < 2; channel++)
                Assert.InRange(
                    Noise.ResidualDecibels(sound[channel], recording.Channel(channel, start, end)), -400, -60);
            double lag = Stopwatch.GetElapsedTime(recording.HeardAt(end - 1), returned).TotalMilliseconds;
            Assert.InRange(lag, -10, 800);
        }

        double took = BestOf.Smallest(30, () =>
        {
            long before = recording.Position;
            device.Play(sound, 700);
            long first = recording.WaitForSound(before);
            device.Flush();
            long flushed = Stopwatch.GetTimestamp();
            (_, long last) = recording.WaitForSoundToEnd(before);
            Assert.InRange(last - first, 1, sound.Frames - 1);
            return Stopwatch.GetElapsedTime(flushed, recording.HeardAt(last - 1)).TotalMilliseconds;
        });
        Assert.InRange(took, double.MinValue, 30);

        (long again, long over) = recording.Hear(() =>
        {
            device.Play(sound, 700);
            device.Drain();
            return sound.Frames;
        });
        Assert.Equal(sound.Frames, over - again);
        _server.RemoveSink("pa");
    }

    [Fact]
    public void What_is_taken_back_is_replaced_to_the_sample_and_running_out_is_counted()
    {
        SinkRecording recording = _server.AddSink("pa", Rate, 2, "PortAudio's");
        using IOutputDevice device = OutputDevices.Open(
            "portaudio:pa", null, new OutputDeviceOptions { BufferMilliseconds = 800 });
        AudioBuffer sound = Noise.Make(2, Rate);
        AudioBuffer other = Noise.Make(2, 4_000, seed: 2);
        int taken = 0;
        (long start, long end) = recording.Hear(() =>
        {
            long before = device.Underruns;
            device.Play(sound, 700);
            taken = device.Rewind(int.MaxValue);
            device.Play(other, 700);
            Assert.Equal(before, device.Underruns);
            device.Drain();
            Assert.Equal(before + 1, device.Underruns);
            return sound.Frames - taken + other.Frames;
        });
        Assert.InRange(taken, 2_000, Rate);
        Assert.Equal(sound.Frames - taken + other.Frames, end - start);
        float[] expected = [.. sound[1][..^taken], .. other[1]];
        Assert.InRange(Noise.ResidualDecibels(expected, recording.Channel(1, start, end)), -400, -60);
        _server.RemoveSink("pa");
    }

    [Fact]
    public void A_hurried_write_adds_its_block_to_a_full_buffer()
    {
        _server.AddSilentSink("pa", Rate, 2, "PortAudio's");
        using IOutputDevice device = OutputDevices.Open(
            "portaudio:pa", null, new OutputDeviceOptions { BufferMilliseconds = 2_000 });
        var silence = new AudioBuffer(2, 1024);
        device.Play(new AudioBuffer(2, 2 * Rate));
        long start = Stopwatch.GetTimestamp();
        device.InterruptWait();
        device.Write(silence.Block(1024));
        device.InterruptWait();
        device.Drain();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 150);
        device.Flush();
        _server.RemoveSink("pa");
    }

    [Fact]
    public void An_unplugged_loudspeaker_is_taken_again_when_it_is_back()
    {
        using var other = new PulseServer(listens: false);
        Configure(other, "r3x", "r3x");
        using IOutputDevice device = OutputDevices.Open("portaudio:r3x");
        AudioBuffer sound = Noise.Make(2, Rate);
        device.Play(sound);
        other.RemoveSink("r3x");
        using var back = new Timer(_ => other.AddSilentSink("r3x", 48_000, 2, "Back"), null, 500, Timeout.Infinite);
        device.Play(sound);
        device.Drain();
        Assert.True(device.TryTakeChange(out DeviceChange? lost));
        Assert.True(device.TryTakeChange(out DeviceChange? resumed));
        Assert.Equal(
            (DeviceChangeKind.Lost, DeviceChangeKind.Resumed, lost.Frame), (lost.Kind, resumed.Kind, resumed.Frame));
        Assert.Contains("The loudspeaker r3x has gone", lost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_sound_server_its_devices_are_listed_and_the_default_one_plays()
    {
        _server.AddSilentSink("pa", Rate, 2, "PortAudio's");
        var options = new OutputDeviceOptions { PulseServer = "unix:/nobody-listens-here" };
        OutputSurvey survey = OutputDevices.Survey(options);
        Assert.Equal(["default", "pa", "other"], survey.Devices.Select(d => d.Name));
        Assert.True(survey.Devices[0].IsDefault);
        Assert.Equal("PortAudio (ALSA)", survey.Devices[0].Backend);
        Assert.Equal("PortAudio: finds 3 loudspeakers through ALSA.", survey.Tried[1]);

        using IOutputDevice device = OutputDevices.Open("default", null, options);
        device.Play(new AudioBuffer(device.Format.Channels, 2_000));
        Assert.InRange(device.Latency.TotalMilliseconds, 1, 500);
        device.Drain();
        var error = Assert.Throws<DeviceException>(() => OutputDevices.Open("pb", null, options));
        Assert.StartsWith(
            "There is no loudspeaker 'pb'. The nearest is 'pa'.", error.Message, StringComparison.Ordinal);
        _server.RemoveSink("pa");
    }

    [Fact]
    public void An_unplugged_loudspeaker_is_said_to_be_gone()
    {
        using var other = new PulseServer(listens: false);
        Configure(other, "r3x", "r3x");
        using IOutputDevice device = OutputDevices.Open(
            "portaudio:r3x", null, new OutputDeviceOptions { WhenDeviceGoes = DeviceLoss.Fail });
        AudioBuffer sound = Noise.Make(2, 4_800);
        device.Play(sound);
        other.RemoveSink("r3x");
        var gone = Assert.Throws<DeviceException>(() =>
        {
            while (!TestContext.Current.CancellationToken.IsCancellationRequested)
                device.Play(sound);
        });
        Assert.Contains("The loudspeaker r3x has gone", gone.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(device.Drain);
        Assert.Throws<DeviceException>(() => device.Latency);
        device.Flush();
    }

    [Fact]
    public void Without_any_device_the_message_says_what_was_tried_and_what_works()
    {
        Configure(null, "pa", "pa");
        var error = Assert.Throws<DeviceException>(() =>
            OutputDevices.Open("default", null, new OutputDeviceOptions { PulseServer = "unix:/nobody-listens-here" }));
        Assert.StartsWith(
            "No loudspeaker was found. PulseAudio: no server answers at unix:/nobody-listens-here (Connection "
                + "refused). PortAudio: it finds no loudspeaker. ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("install", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Rendering to a file needs no loudspeaker.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Gives ALSA devices, each a sink of a server, and no other. The default is always among them: without it
    /// PortAudio 19.6 ends the process.
    /// </summary>
    private void Configure(PulseServer? server, string defaultSink, params string[] sinks)
    {
        string address = server?.Address ?? "unix:/nobody-listens-here";
        IEnumerable<string> devices = sinks.Select(sink => Device(sink, sink)).Append(Device("!default", defaultSink));
        File.WriteAllText(_configuration, string.Concat(devices));

        string Device(string name, string sink) =>
            $"pcm.{name} {{ type pulse server \"{address}\" device \"{sink}\" hint {{ show on description \"{name}\" "
                + $"}} }}\n";
    }

    // .NET keeps an environment of its own that native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironment(string name);
}
