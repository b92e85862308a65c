using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

[Collection(LoudspeakerTests.Name)]
public sealed class PulseDeviceTests(PulseServer server)
{
    private OutputDeviceOptions Options => new() { PulseServer = server.Address, WhenDeviceGoes = DeviceLoss.Fail };

    /// <summary>For tests that count samples: a machine busy with other things does not get a word in.</summary>
    private OutputDeviceOptions Unhurried => Options with { BufferMilliseconds = 400 };

    [Fact]
    public void What_is_written_is_heard_at_48_kHz()
    {
        Assert.Equal(new AudioFormat(48_000, 2), HearsItself("default", server.Default));
    }

    [Fact]
    public void What_is_written_is_heard_at_44_1_kHz_mono()
    {
        SinkRecording recording = server.AddSink("mono44", 44_100, 1, "Mono 44");
        Assert.Equal(new AudioFormat(44_100, 1), HearsItself("mono44", recording));
        server.RemoveSink("mono44");
    }

    [Fact]
    public void Of_six_loudspeakers_the_first_two_are_front_left_and_right()
    {
        SinkRecording recording = server.AddSink(
            "six", 48_000, 6, "Six", "rear-left,front-right,lfe,front-left,front-center,rear-right");
        using IOutputDevice device = OutputDevices.Open("six", null, Unhurried);
        AudioBuffer stereo = Noise.Make(2, 4_800);
        var laidOut = new AudioBuffer(device.Format.Channels, stereo.Frames);
        ChannelMap.Apply(stereo.Block(stereo.Frames), laidOut.Block(laidOut.Frames));
        (long start, long end) = recording.Hear(() =>
        {
            device.Play(laidOut);
            device.Drain();
            return stereo.Frames;
        });

        Assert.Equal(stereo.Frames, end - start);
        Assert.Equal(stereo[0].ToArray(), recording.Channel(3, start, end));
        Assert.Equal(stereo[1].ToArray(), recording.Channel(1, start, end));
        Assert.All([0, 2, 4, 5], channel =>
            Assert.All(recording.Channel(channel, start, end), sample => Assert.Equal(0, sample)));
        server.RemoveSink("six");
    }

    [Fact]
    public void Drain_returns_after_the_last_sample_was_heard_and_soon()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Unhurried);
        foreach (int frames in (int[])[100, 4_800, 24_000])
        {
            long returned = 0;
            (long start, long end) = server.Default.Hear(() =>
            {
                device.Play(Noise.Make(2, frames));
                device.Drain();
                returned = Stopwatch.GetTimestamp();
                return frames;
            });
            double lag = Stopwatch.GetElapsedTime(server.Default.HeardAt(end - 1), returned).TotalMilliseconds;
            Assert.Equal(frames, end - start);
            TestContext.Current.SendDiagnosticMessage("drained {0:0.0} ms after the last sample was heard", lag);
            Assert.InRange(lag, -5, 150);
        }
    }

    [Fact]
    public void A_flush_silences_what_was_written_and_not_yet_heard()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { BufferMilliseconds = 800 });
        AudioBuffer sound = Noise.Make(2, 24_000);
        double took = BestOf.Smallest(30, () =>
        {
            long from = server.Default.Position;
            device.Play(sound);
            long start = server.Default.WaitForSound(from);
            server.Default.WaitUntil(start + 4_800);
            device.Flush();
            long flushed = Stopwatch.GetTimestamp();
            (_, long end) = server.Default.WaitForSoundToEnd(start);
            // Half a second was written, a tenth had been heard; the sink holds a few milliseconds of its own.
            Assert.InRange(end - start, 4_800, sound.Frames - 1);
            return Stopwatch.GetElapsedTime(flushed, server.Default.HeardAt(end - 1)).TotalMilliseconds;
        });
        Assert.InRange(took, double.MinValue, 30);
        device.Drain();
    }

    [Fact]
    public async Task A_flush_from_another_thread_meets_a_blocked_write_and_a_drain()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        AudioBuffer sound = Noise.Make(2, 24_000);
        using var done = new ManualResetEventSlim();
        Task flusher = Task.Run(
            () =>
            {
                while (!done.Wait(2))
                    device.Flush();
            },
            TestContext.Current.CancellationToken);
        for (int i = 0; i < 5; i++)
        {
            device.Play(sound);
            device.Drain();
        }

        done.Set();
        await flusher;
        long from = server.Default.Position;
        device.Play(Noise.Make(2, 4_800));
        device.Drain();
        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        Assert.InRange(end - start, 4_800, 24_000);
    }

    [Fact]
    public void The_stated_latency_is_when_a_sample_is_heard()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { BufferMilliseconds = 100 });
        double off = BestOf.Within(-15, 15, () =>
        {
            long from = server.Default.Position;
            device.Play(Noise.Make(2, 24_000), 480);
            device.Play(Noise.Make(2, 480));
            long written = Stopwatch.GetTimestamp();
            TimeSpan stated = device.Latency;
            device.Drain();
            (_, long end) = server.Default.WaitForSoundToEnd(from);
            // Half the buffer had gone by before it could be asked, or it was starved.
            if (stated.TotalMilliseconds is < 40 or > 200)
                return double.PositiveInfinity;
            return Stopwatch.GetElapsedTime(written, server.Default.HeardAt(end - 1)).TotalMilliseconds
                - stated.TotalMilliseconds;
        });
        Assert.InRange(off, -15, 15);
    }

    [Fact]
    public void The_only_loudspeaker_unplugged_is_said_to_be_gone_by_every_later_call()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        AudioBuffer sound = Noise.Make(2, 4_800);
        device.Play(sound);
        other.RemoveSink("r3x");
        for (int i = 0; i < 2; i++)
        {
            var gone = Assert.Throws<DeviceException>(() => device.Play(sound));
            Assert.Contains("The loudspeaker r3x has gone", gone.Message, StringComparison.Ordinal);
            Assert.Throws<DeviceException>(device.Drain);
            Assert.Throws<DeviceException>(() => device.Latency);
            device.Flush();
        }

        other.AddSilentSink("r3x", 44_100, 1, "Back again");
        using IOutputDevice again = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        Assert.Equal(new AudioFormat(44_100, 1), again.Format);
        again.Play(Noise.Make(1, 4_410));
        again.Drain();
    }

    [Fact]
    public async Task A_write_that_waits_for_an_unplugged_loudspeaker_ends()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        using var writing = new ManualResetEventSlim();
        Task unplug = Task.Run(
            () =>
            {
                writing.Wait(TestContext.Current.CancellationToken);
                other.RemoveSink("r3x");
            },
            TestContext.Current.CancellationToken);
        AudioBuffer sound = Noise.Make(2, 4_800);
        Assert.Throws<DeviceException>(() =>
        {
            while (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                device.Play(sound);
                writing.Set();
            }
        });
        await unplug;
    }

    [Fact]
    public void Sound_goes_on_through_another_loudspeaker_where_the_server_moves_it()
    {
        server.AddSilentSink("brief", 48_000, 2, "Brief");
        using IOutputDevice device = OutputDevices.Open("brief", null, Options);
        device.Play(Noise.Make(2, 4_800));
        server.RemoveSink("brief");
        long from = server.Default.Position;
        AudioBuffer sound = Noise.Make(2, 9_600);
        device.Play(sound);
        device.Drain();
        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        Assert.InRange(end - start, sound.Frames, sound.Frames + 4_800);
    }

    [Fact]
    public void A_flush_after_closing_is_nothing()
    {
        IOutputDevice device = OutputDevices.Open("default", null, Options);
        device.Dispose();
        device.Flush();
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(device.Drain);
    }

    private AudioFormat HearsItself(string name, SinkRecording recording)
    {
        using IOutputDevice device = OutputDevices.Open(name, null, Unhurried);
        AudioBuffer sound = Noise.Make(device.Format.Channels, device.Format.SampleRate);
        (long start, long end) = recording.Hear(() =>
        {
            device.Play(sound, 700);
            device.Drain();
            return sound.Frames;
        });
        Assert.Equal(sound.Frames, end - start);
        for (int channel = 0; channel < device.Format.Channels; channel++)
            Assert.InRange(Noise.ResidualDecibels(sound[channel], recording.Channel(channel, start, end)), -400, -60);
        return device.Format;
    }
}
