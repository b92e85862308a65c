using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>Loudspeakers that go and come while sound is on its way to them, on a clock that the machine does not
/// move.</summary>
public sealed class FailoverTests : IDisposable
{
    private const int Rate = 48_000;

    private readonly VirtualTime _time = new();
    private readonly VirtualSoundServer _server;
    private readonly VirtualSink _usb;
    private readonly AudioBuffer _sound = Noise.Make(2, 2 * Rate);

    public FailoverTests()
    {
        _server = new VirtualSoundServer(_time);
        _usb = _server.Plug("usb");
    }

    private OutputDeviceOptions Options => _server.Options with { BufferMilliseconds = 100, FallBackToDefault = false };

    public void Dispose() => _time.Dispose();

    [Fact]
    public void Held_what_was_not_heard_is_heard_when_the_loudspeaker_is_back()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options);
        VirtualSink back = PlayThroughAbsence(device);
        DeviceChange[] changes = Changes(device);
        float[] first = Sound(_usb);
        float[] second = Sound(back);
        Assert.Equal(_sound[0][..first.Length].ToArray(), first);
        Assert.Equal(_sound[0][^second.Length..].ToArray(), second);
        // Twice what the loudspeaker may have sounded just before it went, never not at all.
        Assert.InRange(first.Length + second.Length - _sound.Frames, 0, Rate * 15 / 1000);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        Assert.All(changes, change => Assert.Equal(
            (_sound.Frames - second.Length, 0, "usb"), (change.Frame, change.FramesNotHeard, change.Device)));
        Assert.Equal("The loudspeaker usb has gone.", changes[0].Reason);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void A_loss_that_is_noticed_late_costs_nothing_but_what_was_given_to_nobody(double notice)
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { BufferMilliseconds = 300 });
        VirtualSink back = PlayThroughAbsence(device, notice);
        float[] first = Sound(_usb);
        float[] second = Sound(back);
        // What the server took for played until it noticed is all that can be missing.
        Assert.InRange(_sound.Frames - first.Length - second.Length, -Rate * 15 / 1000, Rate * notice / 1000);
    }

    [Fact]
    public void A_writer_that_comes_late_to_a_loss_hears_of_the_moment_it_happened()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { BufferMilliseconds = 300 });
        device.Play(_sound, 480);
        Assert.True(device.Latency > TimeSpan.FromMilliseconds(250));
        _time.Advance(50);
        _server.Unplug(_usb);
        // Nobody asks the device for a while.
        _time.Advance(100);
        VirtualSink back = _server.Plug("usb");
        device.Drain();
        Assert.InRange(Sound(_usb).Length + Sound(back).Length - _sound.Frames, 0, Rate * 15 / 1000);
    }

    [Fact]
    public void Behind_a_drain_all_was_heard_and_nothing_comes_again()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options);
        device.Play(_sound);
        device.Drain();
        Assert.Equal(TimeSpan.Zero, device.Latency);
        _server.Unplug(_usb);
        VirtualSink back = _server.Plug("usb");
        _time.Advance(1_000);
        device.Drain();
        Assert.Empty(back.Stretches());
        Assert.All(Changes(device), change => Assert.Equal(_sound.Frames, change.Frame));
    }

    [Fact]
    public void Dropped_the_clock_runs_on_and_every_frame_that_was_not_heard_is_told()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { WhenDeviceGoes = DeviceLoss.Drop });
        VirtualSink back = PlayThroughAbsence(device);
        DeviceChange[] changes = Changes(device);
        float[] second = Sound(back);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        Assert.Equal(_sound[0][^second.Length..].ToArray(), second);
        Assert.Equal(_sound.Frames - second.Length, changes[1].Frame);
        Assert.Equal(changes[1].Frame - changes[0].Frame, changes[1].FramesNotHeard);
        Assert.InRange(Sound(_usb).Length - changes[0].Frame, 0, Rate * 15 / 1000);
        // It goes on where it would have been.
        Assert.InRange(changes[1].FramesNotHeard, Rate * 0.48, Rate * 0.53);
    }

    [Fact]
    public void Sound_is_held_for_as_long_as_allowed_and_then_passes_at_its_own_pace()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { HoldSeconds = 0.4 });
        device.Play(_sound);
        _server.Unplug(_usb);
        TimeSpan start = _time.Now;
        device.Play(_sound);
        device.Drain();
        Assert.InRange((_time.Now - start).TotalSeconds, 2.4, 2.6);
        Assert.Equal(TimeSpan.Zero, device.Latency);
        DeviceChange[] changes = Changes(device);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.GivenUp], changes.Select(c => c.Kind));
        Assert.Equal(changes[0].Frame, changes[1].Frame);
        Assert.Contains("There is no loudspeaker 'usb'.", changes[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void While_it_is_away_a_hurried_write_goes_on_and_all_of_it_can_be_taken_back()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options);
        device.Play(_sound);
        _server.Unplug(_usb);
        while (device.Latency.TotalSeconds < 0.1)
            device.Write(_sound.Block(48));
        TimeSpan start = _time.Now;
        _time.After(300, device.InterruptWait);
        device.Write(_sound.Block(480));
        Assert.Equal(300, (_time.Now - start).TotalMilliseconds, 1.0);
        int unheard = (int)Math.Round(device.Latency.TotalSeconds * Rate);
        Assert.InRange(device.Rewind(Rate), unheard - 1, unheard);
        Assert.InRange(device.Latency.TotalMilliseconds, 0, 0.1);
        device.Write(_sound.Block(480));
        Assert.Equal(10, device.Latency.TotalMilliseconds, 0.1);
        device.Flush();
        Assert.Equal(TimeSpan.Zero, device.Latency);
        device.Drain();
    }

    [Fact]
    public void What_was_taken_back_while_it_was_away_is_not_heard_when_it_is_back()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options);
        device.Play(_sound);
        _server.Unplug(_usb);
        _time.Advance(50);
        Assert.True(device.Latency > TimeSpan.Zero);
        device.Rewind(Rate);
        VirtualSink back = _server.Plug("usb");
        _time.Advance(500);
        device.Write(_sound.Block(480));
        device.Drain();
        Assert.Equal(_sound[0][..480].ToArray(), Sound(back));
    }

    [Fact]
    public void A_named_loudspeaker_is_stood_in_for_by_the_default()
    {
        VirtualSink other = _server.Plug("other");
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { FallBackToDefault = true });
        device.Play(_sound);
        _server.Unplug(_usb);
        device.Play(_sound);
        device.Drain();
        Assert.Equal("other", device.Name);
        Assert.Equal(["usb", "other"], Changes(device).Select(c => c.Device));
        Assert.True(Sound(other).Length > 2 * Rate);
    }

    [Fact]
    public void The_format_stays_whatever_comes_in_its_place()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        device.Play(_sound);
        _server.Unplug(_usb);
        _server.Plug("mono", 44_100, 1);
        device.Play(_sound);
        device.Drain();
        Assert.Equal(new AudioFormat(Rate, 2), device.Format);
        Assert.Equal("mono", device.Name);
    }

    [Fact]
    public void Between_lines_it_is_replaced_before_anybody_speaks()
    {
        using IOutputDevice device = OutputDevices.Open(
            "default", null, Options with { WhenDeviceGoes = DeviceLoss.Drop });
        device.Play(_sound);
        device.Drain();
        _server.Unplug(_usb);
        _server.Plug("next");
        _time.Advance(300);
        Assert.Equal(2, _server.Openings);
        device.Play(_sound);
        device.Drain();
        Assert.Equal(
            [(DeviceChangeKind.Lost, (long)_sound.Frames, 0L), (DeviceChangeKind.Resumed, _sound.Frames, 0)],
            Changes(device).Select(c => (c.Kind, c.Frame, c.FramesNotHeard)));
    }

    [Fact]
    public void Where_there_is_none_at_first_it_is_waited_for_if_told()
    {
        _server.Unplug(_usb);
        Assert.Throws<DeviceException>(() => OutputDevices.Open("usb", null, Options));
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { StartSilent = true });
        TimeSpan start = _time.Now;
        device.Play(_sound);
        Assert.InRange((_time.Now - start).TotalSeconds, 1.89, 1.91);
        _server.Plug("usb");
        device.Play(_sound);
        device.Drain();
        DeviceChange[] changes = Changes(device);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], changes.Select(c => c.Kind));
        Assert.Equal(0, changes[0].Frame);
        Assert.Equal(changes[1].Frame, changes[1].FramesNotHeard);
    }

    [Fact]
    public void A_suspended_loudspeaker_swallows_nothing_and_is_not_waited_for_longer_than_one_that_is_gone()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { HoldSeconds = 5 });
        _time.After(500, () => _server.Suspend(_usb));
        _time.After(4_000, () => _server.Suspend(_usb, isSuspended: false));
        device.Play(_sound);
        device.Drain();
        float[] heard = [.. _usb.Stretches().SelectMany(stretch => _usb.Heard[(int)stretch.Start..(int)stretch.End])];
        Assert.InRange(heard.Length - _sound.Frames, 0, Rate * 15 / 1000);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], Changes(device).Select(c => c.Kind));

        _server.Suspend(_usb);
        TimeSpan start = _time.Now;
        device.Play(_sound);
        device.Drain();
        // 2 s until it is known that it takes nothing, 5 s of waiting, and 2 s of sound that nobody hears.
        Assert.InRange((_time.Now - start).TotalSeconds, 8, 9.5);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.GivenUp], Changes(device).Select(c => c.Kind));
    }

    [Fact]
    public void A_drain_that_is_never_answered_ends_and_costs_the_loudspeaker()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { HoldSeconds = 1 });
        device.Play(_sound);
        _usb.DrainsForEver = true;
        TimeSpan start = _time.Now;
        device.Drain();
        Assert.InRange((_time.Now - start).TotalSeconds, 2, 10);
        Assert.Contains(Changes(device), change =>
            change.Reason.Contains("did not come to the end of its sound", StringComparison.Ordinal));
    }

    [Fact]
    public void A_buffer_grows_when_it_runs_dry_and_stays_so_large()
    {
        using IOutputDevice device = OutputDevices.Open("usb", null, Options with { BufferMilliseconds = 40 });
        Assert.Equal([80.0, 160, 320, 0], Enumerable.Range(0, 4).Select(_ => ((IGrowing)device).Grow()));
        device.Play(_sound);
        Assert.InRange(device.Latency.TotalMilliseconds, 290, 320);
    }

    // Plays with the loudspeaker unplugged from 0.5 to 1 s, in small blocks; the clock only goes forward.
    private VirtualSink PlayThroughAbsence(IOutputDevice device, double notice = 0)
    {
        VirtualSink back = _usb;
        List<double> clock = [];
        _time.After(500, () => _server.Unplug(_usb, notice));
        _time.After(1_000, () => back = _server.Plug("usb"));
        for (int written = 0; written < _sound.Frames;)
        {
            device.Write(_sound.Block(written, 480));
            written += 480;
            clock.Add(written - (device.Latency.TotalSeconds * Rate));
        }

        device.Drain();
        Assert.All(clock.Zip(clock.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, -0.01, Rate));
        return back;
    }

    private static float[] Sound(VirtualSink sink)
    {
        (long start, long end) = Assert.Single(sink.Stretches());
        return sink.Heard[(int)start..(int)end];
    }

    private static DeviceChange[] Changes(IOutputDevice device)
    {
        List<DeviceChange> changes = [];
        while (device.TryTakeChange(out DeviceChange? change))
            changes.Add(change);
        return [.. changes];
    }
}
