using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>
/// Loudspeakers of a real server that go and come: what only the server itself does. The rest is
/// <see cref="FailoverTests"/>.
/// </summary>
[Collection(LoudspeakerTests.Name)]
public sealed class FailoverOutputTests(PulseServer server)
{
    private const int Rate = 48_000;

    private readonly AudioBuffer _sound = Noise.Make(2, Rate);

    private OutputDeviceOptions Options => new() { PulseServer = server.Address, BufferMilliseconds = 100 };

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
        // The server itself reckons what the one has sounded and the other has not: a busy one is wrong by what a sink
        // holds, 10 ms.
        Assert.InRange(end - start + otherEnd - otherStart - (2 * _sound.Frames), -Rate / 50, Rate);
        Assert.InRange(moved.Frame - (end - start), -Rate / 10, Rate);
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
    public async Task A_server_that_has_only_its_dummy_left_has_no_loudspeaker()
    {
        using var other = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PulseServer = other.Address });
        device.Play(_sound);
        other.AddSilentSink("auto_null", Rate, 2, "Dummy Output");
        other.RemoveSink("r3x");
        // Held while nobody would have heard it: the writer waits, however long the next loudspeaker takes.
        Task playing = Task.Run(
            () =>
            {
                device.Play(_sound);
                device.Drain();
            },
            TestContext.Current.CancellationToken);
        await Task.WhenAny(playing, Task.Delay(1_500, TestContext.Current.CancellationToken));
        Assert.False(playing.IsCompleted);
        other.AddSilentSink("r3x", Rate, 2, "Back");
        // The dummy goes as it came, when there is something else.
        other.RemoveSink("auto_null");
        await playing;
        Assert.Equal("r3x", device.Name);
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.Resumed], Changes(device).Select(c => c.Kind));
    }

    [Fact]
    public void A_loudspeaker_that_the_server_has_suspended_is_refused_with_the_way_to_wake_it()
    {
        server.AddSilentSink("asleep", Rate, 2, "Asleep");
        server.Run("pactl", "suspend-sink", "asleep", "1");
        DeviceException thrown = Assert.Throws<DeviceException>(() => OutputDevices.Open("asleep", null, Options));
        Assert.Equal("The sound server has suspended the loudspeaker asleep. Wake it with: pactl suspend-sink asleep 0",
            thrown.Message);
        server.RemoveSink("asleep");
    }

    [Fact]
    public void A_server_that_dies_is_a_loudspeaker_that_goes()
    {
        var mortal = new PulseServer(listens: false);
        using IOutputDevice device = OutputDevices.Open(
            "default", null, Options with { PulseServer = mortal.Address, HoldSeconds = 0.5 });
        device.Play(_sound);
        mortal.Dispose();
        device.Play(_sound);
        device.Drain();
        Assert.Equal([DeviceChangeKind.Lost, DeviceChangeKind.GivenUp], Changes(device).Select(c => c.Kind));
    }

    private static DeviceChange[] Changes(IOutputDevice device)
    {
        List<DeviceChange> changes = [];
        while (device.TryTakeChange(out DeviceChange? change))
            changes.Add(change);
        return [.. changes];
    }
}
