using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>What a loudspeaker says of itself: where it is, and that it ran out.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class PulseClockTests(PulseServer server)
{
    private OutputDeviceOptions Options =>
        new() { PulseServer = server.Address, BufferMilliseconds = 400, WhenDeviceGoes = DeviceLoss.Fail };

    [Theory]
    [InlineData(DeviceLoss.Fail)]
    [InlineData(DeviceLoss.Hold)]
    public void Its_clock_goes_forward_and_is_within_5_ms_of_what_is_heard(DeviceLoss policy)
    {
        using IOutputDevice device = OutputDevices.Open(
            "default", null, Options with { BufferMilliseconds = 60, WhenDeviceGoes = policy });
        (double median, double spread) = (0, 100);
        // What a busy machine delays says nothing; the best of a few tries is what the clock can do.
        for (int attempt = 0; attempt < 8 && (Math.Abs(median) > 5 || spread > 5); attempt++)
        {
            if (Behind(device) is not { } behind)
                continue;
            (median, spread) = (
                behind[behind.Length / 2], behind[(int)(behind.Length * 0.95)] - behind[(int)(behind.Length * 0.05)]);
        }

        Assert.InRange(median, -5, 5);
        Assert.InRange(spread, 0, 5);
    }

    // Plays three seconds, and gives how many milliseconds later than said each frame was heard, rising; null where
    // they were heard with a gap.
    private double[]? Behind(IOutputDevice device)
    {
        AudioBuffer sound = Noise.Make(2, 144_000);
        long from = server.Default.Position;
        List<(double Frame, long Ticks)> told = [];
        for (int written = 0; written < sound.Frames;)
        {
            device.Write(sound.Block(written, 480));
            written += 480;
            told.Add((written - (device.Latency.TotalSeconds * 48_000), Stopwatch.GetTimestamp()));
        }

        device.Drain();
        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        // A latency counts 100 ns, which are some thousandths of a frame.
        for (int i = 1; i < told.Count; i++)
            Assert.InRange(told[i].Frame - told[i - 1].Frame, -0.01, 48_000);
        if (end - start > sound.Frames)
            return null;
        Assert.Equal(sound.Frames, end - start);
        double[] behind = [.. told
            .Where(t => t.Frame > 4_800)
            .Select(
                t => Stopwatch.GetElapsedTime(t.Ticks, server.Default.HeardAt(start + (long)t.Frame)).TotalMilliseconds)
            .Order()];
        TestContext.Current.SendDiagnosticMessage("heard {0:0.0} to {1:0.0} ms after it was said, median {2:0.0}",
            behind[0], behind[^1], behind[behind.Length / 2]);
        return behind;
    }

    [Fact]
    public void A_writer_that_stalls_is_counted_and_one_that_does_not_is_not()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        AudioBuffer sound = Noise.Make(2, 48_000);
        device.Play(sound);
        device.Play(sound);
        Assert.Equal(0, device.Underruns);

        long from = server.Default.Position;
        server.Default.WaitForSoundToEnd(from);
        Assert.Equal(1, device.Underruns);

        device.Play(sound);
        Assert.Equal(1, device.Underruns);
        device.Drain();
        Assert.Equal(2, device.Underruns);
        device.Play(sound);
        device.Drain();
        Assert.Equal(3, device.Underruns);
    }

    [Fact]
    public void Nothing_is_allocated_while_it_plays()
    {
        using IOutputDevice device = OutputDevices.Open(
            "default", null, Options with { WhenDeviceGoes = DeviceLoss.Hold });
        AudioBlock block = Noise.Make(2, 480).Block(480);
        Use(device, block, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use(device, block, 100);
        // Less than the smallest object a write: a lock makes itself an event when it is first contended.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);
        device.Flush();

        static void Use(IOutputDevice device, AudioBlock block, int times)
        {
            for (int i = 0; i < times; i++)
            {
                device.Write(block);
                device.Rewind(100);
                _ = device.Latency;
                _ = device.Underruns;
                _ = device.TryTakeChange(out _);
            }
        }
    }

    [Fact]
    public void A_flush_is_not_running_out_but_running_out_behind_it_is()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        AudioBuffer sound = Noise.Make(2, 24_000);
        for (int i = 0; i < 3; i++)
        {
            device.Play(sound);
            device.Flush();
        }

        long from = server.Default.Position;
        server.Default.WaitUntil(from + 24_000);
        Assert.Equal(0, device.Underruns);
        device.Play(sound);
        server.Default.WaitForSoundToEnd(from + 24_000);
        Assert.Equal(1, device.Underruns);
    }

    [Fact]
    public void Silence_that_wakes_a_loudspeaker_goes_in_front_is_not_waited_for_and_not_missed()
    {
        long start = Stopwatch.GetTimestamp();
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { PrewarmMilliseconds = 300 });
        AudioBuffer sound = Noise.Make(2, 4_800);
        long from = server.Default.Position;
        device.Play(sound);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 300);
        Assert.InRange(device.Latency.TotalMilliseconds, 250, 500);
        device.Drain();
        (long first, long end) = server.Default.WaitForSoundToEnd(from);
        Assert.Equal(sound.Frames, end - first);
        Assert.InRange(first - from, 9_600, 48_000);

        using IOutputDevice idle = OutputDevices.Open("default", null, Options with { PrewarmMilliseconds = 100 });
        from = server.Default.Position;
        server.Default.WaitUntil(from + 24_000);
        Assert.Equal(0, idle.Underruns);
    }
}
