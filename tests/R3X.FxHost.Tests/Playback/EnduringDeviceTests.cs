using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>Loudspeakers that go and come while sound is on its way to them.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class EnduringDeviceTests(PulseServer server)
{
    private const int Rate = 48_000;

    private readonly AudioBuffer _sound = Noise.Make(2, 2 * Rate);

    private OutputDeviceOptions Options => new() { PulseServer = server.Address, BufferMilliseconds = 100 };

    [Fact]
    public void Held_what_was_not_heard_is_heard_when_the_loudspeaker_is_back()
    {
        server.AddSinkThrough("r3x", "usb");
        (long start, long end, long secondStart, long secondEnd, DeviceChange[] changes) = PlayThroughAbsence(Options with { FallBackToDefault = false });

        // Twice what was in the loudspeaker when it went, never not at all.
        long first = end - start;
        long second = secondEnd - secondStart;
        Assert.Equal(_sound[0][..(int)first].ToArray(), server.Default.Channel(0, start, end));
        Assert.Equal(_sound[0][^(int)second..].ToArray(), server.Default.Channel(0, secondStart, secondEnd));
        Assert.InRange(first + second - _sound.Frames, 0, Rate / 10);

        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        Assert.All(changes, change => Assert.Equal((_sound.Frames - second, 0, "usb"), (change.Frame, change.FramesNotHeard, change.Device)));
        Assert.StartsWith("The loudspeaker usb has gone: PulseAudio says ", changes[0].Reason, StringComparison.Ordinal);
        server.RemoveSink("usb");
    }

    [Fact]
    public void Dropped_the_clock_runs_on_and_every_frame_that_was_not_heard_is_told()
    {
        server.AddSinkThrough("r3x", "usb");
        (long start, long end, long secondStart, long secondEnd, DeviceChange[] changes) =
            PlayThroughAbsence(Options with { FallBackToDefault = false, WhenDeviceGoes = DeviceLoss.Drop });

        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        long second = secondEnd - secondStart;
        Assert.Equal(_sound.Frames - second, changes[1].Frame);
        Assert.Equal(_sound[0][^(int)second..].ToArray(), server.Default.Channel(0, secondStart, secondEnd));
        Assert.Equal(changes[1].Frame - changes[0].Frame, changes[1].FramesNotHeard);
        Assert.InRange(end - start - changes[0].Frame, 0, Rate / 10);
        // It goes on where it would have been.
        Assert.InRange(secondStart - start - changes[1].Frame, -Rate / 20, Rate / 10);
        server.RemoveSink("usb");
    }

    [Fact]
    public void Sound_is_not_held_for_longer_than_allowed()
    {
        server.AddSilentSink("usb", Rate, 2, "USB");
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { FallBackToDefault = false, HoldSeconds = 0.4 });
        device.Play(_sound);
        server.RemoveSink("usb");
        long start = Stopwatch.GetTimestamp();
        device.Play(_sound);
        device.Drain();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 2.2, 4);
        Assert.Equal(TimeSpan.Zero, device.Latency);
        DeviceChange[] changes = Changes(device);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.GivenUp], changes.Select(c => c.Kind));
        Assert.Equal(changes[0].Frame, changes[1].Frame);
        Assert.Contains("There is no loudspeaker 'usb'.", changes[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_is_away_a_hurried_write_goes_on_and_all_of_it_can_be_taken_back()
    {
        server.AddSilentSink("usb", Rate, 2, "USB");
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { FallBackToDefault = false });
        device.Play(_sound);
        server.RemoveSink("usb");
        var blocked = Task.Run(
            () =>
            {
                while (device.Latency.TotalSeconds <= 0.09)
                    device.Write(_sound.Block(480));
                long start = Stopwatch.GetTimestamp();
                device.Write(_sound.Block(480));
                return Stopwatch.GetElapsedTime(start);
            },
            TestContext.Current.CancellationToken);
        await Task.WhenAny(blocked, Task.Delay(300, TestContext.Current.CancellationToken));
        Assert.False(blocked.IsCompleted);
        device.Hurry();
        Assert.InRange((await blocked).TotalSeconds, 0, 5);
        int unheard = (int)Math.Round(device.Latency.TotalSeconds * Rate);
        Assert.InRange(device.Rewind(Rate), unheard - 1, unheard + 1);
        Assert.InRange(device.Latency.TotalMilliseconds, 0, 0.1);
        device.Write(_sound.Block(480));
        Assert.Equal(10, device.Latency.TotalMilliseconds, 0.1);
        device.Flush();
        Assert.Equal(TimeSpan.Zero, device.Latency);
        device.Drain();
    }

    [Fact]
    public void The_default_is_followed_where_it_goes_and_what_was_named_stays()
    {
        SinkRecording other = server.AddSink("other", Rate, 2, "The other one");
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        using IOutputDevice named = OutputDevices.Open("r3x", null, Options);
        Assert.Equal("r3x", device.Name);
        long from = server.Default.Position;
        long fromOther = other.Position;
        device.Play(_sound, 480);
        server.MakeDefault("other");
        device.Play(_sound, 480);
        device.Drain();
        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        (long otherStart, long otherEnd) = other.WaitForSoundToEnd(fromOther);
        server.MakeDefault("r3x");

        Assert.Equal("other", device.Name);
        Assert.Equal("r3x", named.Name);
        DeviceChange moved = Assert.Single(Changes(device));
        Assert.Equal((DeviceChangeKind.Moved, "other", 0), (moved.Kind, moved.Device, moved.FramesNotHeard));
        // The server itself reckons what the one has sounded and the other has not, to about a millisecond.
        Assert.InRange(end - start + otherEnd - otherStart - (2 * _sound.Frames), -Rate / 200, Rate / 10);
        Assert.InRange(moved.Frame - (end - start), -Rate / 10, Rate / 10);
        Assert.Empty(Changes(named));
        device.Dispose();
        named.Dispose();
        server.RemoveSink("other");
    }

    [Fact]
    public void A_named_loudspeaker_is_stood_in_for_by_the_default_and_taken_again_when_it_is_back()
    {
        server.AddSilentSink("usb", Rate, 2, "USB");
        using IOutputDevice device = OutputDevices.Open("usb", null, Options);
        device.Play(_sound);
        server.RemoveSink("usb");
        device.Play(_sound);
        Assert.Equal("r3x", device.Name);
        server.AddSilentSink("usb", Rate, 2, "USB");
        device.Play(_sound);
        Assert.Equal("usb", device.Name);
        Assert.Equal(["r3x", "usb"], Changes(device).Select(c => c.Device));
        server.RemoveSink("usb");
    }

    [Fact]
    public void Another_rate_than_the_one_that_went_is_resampled_by_the_server()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        device.Play(_sound);
        other.RemoveSink("r3x");
        other.AddSilentSink("mono", 44_100, 1, "Mono");
        device.Play(_sound);
        device.Drain();
        Assert.Equal(new AudioFormat(Rate, 2), device.Format);
        Assert.Equal("mono", device.Name);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], Changes(device).Select(c => c.Kind));
    }

    [Fact]
    public void Between_lines_it_is_replaced_before_anybody_speaks()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address, WhenDeviceGoes = DeviceLoss.Drop });
        device.Play(_sound);
        device.Drain();
        other.RemoveSink("r3x");
        other.AddSilentSink("next", Rate, 2, "Next");
        // One turn of the search.
        WaitFor(() => other.Run("pactl", "list", "short", "sink-inputs").Length > 0);
        device.Play(_sound);
        device.Drain();
        Assert.Equal(
            [(DeviceChangeKind.Lost, (long)_sound.Frames, 0L), (DeviceChangeKind.Resumed, _sound.Frames, 0)],
            Changes(device).Select(c => (c.Kind, c.Frame, c.FramesNotHeard)));
    }

    [Fact]
    public void A_server_that_has_only_its_dummy_left_has_no_loudspeaker()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        device.Play(_sound);
        other.AddSilentSink("auto_null", Rate, 2, "Dummy Output");
        other.RemoveSink("r3x");
        using var back = new Timer(_ => other.AddSilentSink("r3x", Rate, 2, "Back"), null, 600, Timeout.Infinite);
        // The dummy goes as it came, when there is something else.
        using var gone = new Timer(_ => other.RemoveSink("auto_null"), null, 900, Timeout.Infinite);
        long start = Stopwatch.GetTimestamp();
        device.Play(_sound);
        device.Drain();
        // Two seconds of sound, held while nobody would have heard it.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 2.4, 5);
        Assert.Equal("r3x", device.Name);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], Changes(device).Select(c => c.Kind));
    }

    [Fact]
    public void Where_there_is_none_at_first_it_is_waited_for_if_told()
    {
        using var other = new PulseServer(listens: false);
        other.RemoveSink("r3x");
        OutputDeviceOptions options = Options with { PulseServer = other.Address };
        Assert.Throws<DeviceException>(() => OutputDevices.Open("r3x", null, options));

        using IOutputDevice device = OutputDevices.Open("r3x", null, options with { StartSilent = true });
        long start = Stopwatch.GetTimestamp();
        device.Play(_sound);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1.8, 4);
        other.AddSilentSink("r3x", Rate, 2, "Late");
        device.Play(_sound);
        device.Drain();
        DeviceChange[] changes = Changes(device);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        Assert.Equal(0, changes[0].Frame);
        Assert.Equal(changes[1].Frame, changes[1].FramesNotHeard);
        Assert.InRange(changes[1].Frame, _sound.Frames - (Rate / 4), _sound.Frames + Rate);
    }

    [Fact]
    public void A_server_that_dies_is_a_loudspeaker_that_goes()
    {
        var mortal = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = mortal.Address, HoldSeconds = 0.5 });
        device.Play(_sound);
        mortal.Dispose();
        device.Play(_sound);
        device.Drain();
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.GivenUp], Changes(device).Select(c => c.Kind));
    }

    // The same until a machine that is busy with other things has not starved the loudspeaker, and what became of it.
    private (long Start, long End, long SecondStart, long SecondEnd, DeviceChange[] Changes) PlayThroughAbsence(OutputDeviceOptions options)
    {
        for (int attempt = 1; ; attempt++)
        {
            using IOutputDevice device = OutputDevices.Open("usb", null, options);
            (long start, long end, long secondStart, long secondEnd) = PlayThroughAbsence(device);
            if (attempt == BestOf.Tries || (IsWhole(start, end) && IsWhole(secondStart, secondEnd)))
                return (start, end, secondStart, secondEnd, Changes(device));
        }
    }

    private bool IsWhole(long start, long end) => !server.Default.Channel(0, start, end).Contains(0);

    // Plays with the loudspeaker unplugged for half a second; gives where the sound before and after is in the recording.
    private (long Start, long End, long SecondStart, long SecondEnd) PlayThroughAbsence(IOutputDevice device)
    {
        long from = server.Default.Position;
        List<double> clock = [];
        Task unplug = Task.Run(
            () =>
            {
                long heard = server.Default.WaitForSound(from);
                server.Default.WaitUntil(heard + (Rate / 2));
                server.RemoveSink("usb");
                server.Default.WaitUntil(server.Default.Position + (Rate / 2));
                server.AddSinkThrough("r3x", "usb");
            },
            TestContext.Current.CancellationToken);
        for (int written = 0; written < _sound.Frames;)
        {
            device.Write(_sound.Block(written, 480));
            written += 480;
            clock.Add(written - (device.Latency.TotalSeconds * Rate));
        }

        device.Drain();
        unplug.Wait(TestContext.Current.CancellationToken);
        Assert.All(clock.Zip(clock.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, -0.01, Rate));
        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        (int silence, int second) = LongestSilence(server.Default.Channel(0, start, end));
        Assert.InRange(second - silence, Rate / 4, 4 * Rate);
        return (start, start + silence, start + second, end);
    }

    private static (int Start, int End) LongestSilence(float[] heard)
    {
        (int Start, int End) longest = (0, 0);
        int start = 0;
        for (int i = 0; i < heard.Length; i++)
        {
            if (heard[i] != 0)
                start = i + 1;
            else if (i + 1 - start > longest.End - longest.Start)
                longest = (start, i + 1);
        }

        return longest;
    }

    private static DeviceChange[] Changes(IOutputDevice device)
    {
        List<DeviceChange> changes = [];
        while (device.TryTakeChange(out DeviceChange? change))
            changes.Add(change);
        return [.. changes];
    }

    private static void WaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 10)
                throw new TimeoutException("It did not come to pass within 10 seconds.");
        }
    }
}
