using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

/// <summary>What barge-in needs of a loudspeaker: to take back what it has not sounded, and not to wait.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class PulseRewindTests(PulseServer server)
{
    private const int Block = 480;

    private OutputDeviceOptions Options => new() { PulseServer = server.Address, WhenDeviceGoes = DeviceLoss.Fail };

    /// <summary>For tests that count samples: a machine busy with other things does not get a word in.</summary>
    private OutputDeviceOptions Unhurried => Options with { BufferMilliseconds = 400 };

    [Fact]
    public void What_is_taken_back_is_replaced_to_the_sample_and_nothing_clicks()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Unhurried);
        AudioBuffer tone = Tone(48_000);
        long from = server.Default.Position;
        device.Play(tone, Block);
        int taken = device.Rewind(int.MaxValue);
        int kept = tone.Frames - taken;
        AudioBuffer fade = Faded(tone, kept);
        device.Play(fade, Block);
        device.Drain();

        (long start, long end) = server.Default.WaitForSoundToEnd(from);
        Assert.InRange(taken, 4_800, 48_000);
        float[] expected = [.. tone[0][..kept], .. fade[0]];
        float[] heard = server.Default.Channel(0, start, end);
        Assert.Equal(LastSound(expected) + 1, heard.Length);
        Assert.InRange(Noise.ResidualDecibels(expected.AsSpan(0, heard.Length), heard), -400, -60);
        // A click is energy far above the tone: what changes faster than a tone of 440 Hz and its fade can.
        Assert.InRange(Enumerable.Range(2, heard.Length - 3).Max(
            i => Math.Abs(heard[i] - (2 * heard[i - 1]) + heard[i - 2])), 0, 0.003);
    }

    [Fact]
    public void Part_of_it_is_taken_back_many_times_over()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Unhurried);
        AudioBuffer sound = Noise.Make(2, 24_000);
        AudioBuffer wrong = Noise.Make(2, 700, seed: 2);
        long from = server.Default.Position;
        for (int start = 0; start < sound.Frames; start += Block)
        {
            device.Play(wrong, 700);
            Assert.Equal(300, device.Rewind(300));
            Assert.Equal(400, device.Rewind(400));
            device.Write(sound.Block(start, Block));
        }

        device.Play(wrong, 700);
        Assert.Equal(700, device.Rewind(700));
        // Nothing is written in its place: it is not heard all the same.
        device.Drain();
        (long first, long end) = server.Default.WaitForSoundToEnd(from);
        Assert.Equal(sound.Frames, end - first);
        Assert.Equal(sound[1].ToArray(), server.Default.Channel(1, first, end));
    }

    [Fact]
    public void An_interrupted_line_has_faded_and_is_silent_within_30_ms()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options);
        double took = BestOf.Within(10, 30, () => Interrupt(device));
        TestContext.Current.SendDiagnosticMessage("silent after {0:0.0} ms", took);
        Assert.InRange(took, 10, 30);
    }

    [Fact]
    public void A_hurried_write_does_not_wait_for_room()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { BufferMilliseconds = 1_000 });
        device.Play(new AudioBuffer(2, 48_000));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 20; i++)
        {
            device.InterruptWait();
            device.Write(new AudioBuffer(2, 1024).Block(1024));
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 200);
        Assert.InRange(device.Latency.TotalMilliseconds, 1_100, 1_500);
        device.InterruptWait();
        device.Drain();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 400);
        device.Flush();
    }

    [Fact]
    public void A_hurry_from_another_thread_ends_a_drain_that_waits()
    {
        using IOutputDevice device = OutputDevices.Open("default", null, Options with { BufferMilliseconds = 2_000 });
        device.Play(new AudioBuffer(2, 96_000));
        long start = Stopwatch.GetTimestamp();
        using var timer = new Timer(_ => device.InterruptWait(), null, 50, Timeout.Infinite);
        device.Drain();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 40, 1_000);
        Assert.InRange(device.Latency.TotalMilliseconds, 500, 2_500);
    }

    // Plays a tone until it is heard, interrupts it from another thread as a host would, and says how long it was heard
    // after that, in ms.
    private double Interrupt(IOutputDevice device)
    {
        long from = server.Default.Position;
        AudioBuffer tone = Tone(96_000);
        long interruptedAt = 0;
        bool isInterrupted = false;
        var listener = new Thread(() =>
        {
            long start = server.Default.WaitForSound(from);
            server.Default.WaitUntil(start + 9_600);
            Volatile.Write(ref isInterrupted, true);
            interruptedAt = Stopwatch.GetTimestamp();
            device.InterruptWait();
        });
        listener.Start();
        int written = 0;
        while (!Volatile.Read(ref isInterrupted))
        {
            device.Write(tone.Block(written, Block));
            written += Block;
        }

        written -= device.Rewind(int.MaxValue);
        device.Write(Faded(tone, written).Block(Block));
        device.Drain();
        listener.Join();
        (_, long end) = server.Default.WaitForSoundToEnd(from);
        return Stopwatch.GetElapsedTime(interruptedAt, server.Default.HeardAt(end - 1)).TotalMilliseconds;
    }

    // 440 Hz from its crest, so that the first frame sounds.
    private static AudioBuffer Tone(int frames)
    {
        var tone = new AudioBuffer(2, frames);
        for (int i = 0; i < frames; i++)
            tone[0][i] = tone[1][i] = 0.3f * MathF.Cos(2 * MathF.PI * 440 * i / 48_000);
        return tone;
    }

    // The tone from a frame on, gone within 10 ms.
    private static AudioBuffer Faded(AudioBuffer tone, int start)
    {
        var faded = new AudioBuffer(2, Block);
        for (int i = 0; i < Block && start + i < tone.Frames; i++)
            faded[0][i] = faded[1][i] = tone[0][start + i] * (0.5f + (0.5f * MathF.Cos(MathF.PI * i / Block)));
        return faded;
    }

    private static int LastSound(float[] samples) => Array.FindLastIndex(samples, sample => sample != 0);
}
