using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Simulation;
using R3X.FxHost.Threading;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>What happened once in a hundred runs, here in the order in which it went wrong.</summary>
public sealed class OrderOfEventsTests
{
    [Fact]
    public void Disposing_never_hangs_in_whichever_state_the_loudspeaker_is()
    {
        for (int milliseconds = 0; milliseconds < 700; milliseconds += 7)
        {
            using var host = new VirtualHost();
            Utterance line = host.Say(0.3);
            Utterance next = host.Say(0.2);
            host.Time.Advance(milliseconds);
            host.Host.Dispose();
            host.Time.Advance(1_000);
            Assert.Equal(
                (milliseconds, true, true), (milliseconds, line.Finished.IsCompleted, next.Finished.IsCompleted));
        }
    }

    [Fact]
    public void A_loop_that_is_stopped_between_its_reset_and_its_wait_ends()
    {
        using var time = new VirtualTime();
        RunLoop? loop = null;
        loop = new RunLoop("late", () => StopIt(loop!), time);
        loop.Start();
        time.Advance(10);
        Assert.True(loop.Stop(TimeSpan.FromSeconds(1)));

        static TimeSpan StopIt(RunLoop loop)
        {
            loop.Stop(TimeSpan.Zero);
            return Timeout.InfiniteTimeSpan;
        }
    }

    [Fact]
    public void A_loudspeaker_that_fails_costs_its_line_and_is_opened_again_for_the_next()
    {
        int opened = 0;
        using var host = new VirtualHost(
            host: options => options with { OpenDevice = () => new FailingDevice(opened++ == 0 ? 3 : int.MaxValue) });
        UtteranceEnd failed = host.Time.Run(host.Say(1).Finished);
        Assert.Equal(UtteranceState.Failed, failed.State);
        Assert.Equal("It broke.", failed.Failure!.Message);
        // Nothing turns over and over meanwhile.
        host.Time.Advance(1_000);
        Assert.Equal(1, opened);
        Assert.Equal(UtteranceState.Done, host.Time.Run(host.Say(0.1).Finished).State);
        Assert.Equal(2, opened);
    }

    [Fact]
    public void A_loudspeaker_that_also_fails_to_close_aborts_nothing()
    {
        using var host = new VirtualHost(
            host: options => options with { OpenDevice = () => new FailingDevice(3) { FailsToClose = true } });
        Assert.Equal(UtteranceState.Failed, host.Time.Run(host.Say(1).Finished).State);
        host.Say(1);
        host.Time.Advance(5);
        host.Host.Dispose();
    }

    [Fact]
    public async Task No_member_waits_for_a_loudspeaker_that_takes_seconds_to_open()
    {
        using var host = new VirtualHost();
        host.Server.OpeningTime = TimeSpan.FromSeconds(2);
        Utterance first = host.Say(0.2);
        host.Time.Advance(100);
        TimeSpan before = host.Time.Now;
        Utterance second = host.Say(0.2);
        Task<SpeechReport> third = host.Host.ProcessAndPlayAsync(
            VirtualHost.Tone(0.2), SpeechSelection.WithoutEffects, TestContext.Current.CancellationToken);
        host.Queue.IsPaused = true;
        host.Queue.IsPaused = false;
        first.Interrupt();
        Assert.Equal(before, host.Time.Now);
        Assert.Equal(UtteranceState.Interrupted, host.Time.Run(first.Finished).State);
        Assert.Equal(UtteranceState.Done, host.Time.Run(second.Finished).State);
        UntilSilent(host);
        await third;
        Assert.Equal(1, host.Server.Openings);
    }

    [Fact]
    public void Closing_does_not_wait_for_a_loudspeaker_that_is_still_being_opened()
    {
        using var host = new VirtualHost();
        host.Server.OpeningTime = TimeSpan.FromSeconds(30);
        Utterance line = host.Say(0.2);
        host.Time.Advance(100);
        TimeSpan before = host.Time.Now;
        host.Host.Dispose();
        Assert.InRange((host.Time.Now - before).TotalSeconds, 0, 1.1);
        Assert.Equal(UtteranceState.Interrupted, host.Time.Run(line.Finished).State);
        host.Time.Advance(60_000);
        Assert.Empty(host.Server.Devices);
    }

    [Fact]
    public void Interrupted_sources_that_keep_their_threads_mute_nobody()
    {
        using var host = new VirtualHost();
        using var never = new Wakeup(host.Time);
        Utterance[] deaf = [.. Enumerable.Range(0, 4).Select(
            _ => host.Queue.Speak(SpeechAudio.FromStream(new DeafStream(never)), SpeechSelection.WithoutEffects))];
        host.Time.Advance(50);
        host.Queue.InterruptAll();
        TimeSpan before = host.Time.Now;
        Assert.Equal(UtteranceState.Done, host.Time.Run(host.Say(0.2).Finished).State);
        Assert.All(
            deaf, utterance => Assert.Equal(UtteranceState.Interrupted, host.Time.Run(utterance.Finished).State));
        Assert.InRange((host.Time.Now - before).TotalSeconds, 0.2, 0.5);
    }

    [Fact]
    public void A_source_that_gives_up_by_itself_has_failed_and_was_not_interrupted()
    {
        using var host = new VirtualHost();
        UtteranceEnd end = host.Time.Run(host.Queue.Speak(SpeechAudio.FromChunks(TimeoutAsync())).Finished);
        Assert.Equal(UtteranceState.Failed, end.State);
        Assert.IsType<IOException>(end.Failure);
        Assert.Contains("The request was canceled due to the configured HttpClient.Timeout", end.Failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_underruns_are_told_of_where_a_line_ends()
    {
        using var host = new VirtualHost();
        for (int i = 0; i < 5; i++)
        {
            UtteranceEnd end = host.Time.Run(host.Say(0.2 + (i * 0.013)).Finished);
            host.Time.Advance(i * 37);
            Assert.Equal(0, end.Report!.Playback!.DeviceUnderruns);
        }

        // The next line would count what came late.
        Assert.Equal(0, host.Time.Run(host.Say(0.2).Finished).Report!.Playback!.DeviceUnderruns);
        Assert.Equal(40, host.Server.Devices.Single().BufferMilliseconds);
    }

    [Fact]
    public async Task After_closing_everything_says_that_it_is_closed()
    {
        using var host = new VirtualHost();
        host.Host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => host.Say(0.1));
        Assert.Throws<ObjectDisposedException>(() => host.Queue.BeginTurn());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.Host.ProcessAndPlayAsync(
            VirtualHost.Tone(0.1), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => host.Host.ApplyAudioEffects(new float[480], 48_000));
        Assert.Throws<ObjectDisposedException>(() => host.Host.WarmUp());
    }

    [Fact]
    public async Task A_burst_of_lines_is_bounded_as_the_queue_is()
    {
        using var host = new VirtualHost();
        Task<SpeechReport>[] burst = [.. Enumerable.Range(0, 20_000).Select(_ => host.Host.ProcessAndPlayAsync(
            VirtualHost.Tone(0.01), SpeechSelection.WithoutEffects, TestContext.Current.CancellationToken))];
        Task<SpeechReport>[] refused = [.. burst.Where(line => line.IsFaulted)];
        Assert.InRange(burst.Length - refused.Length, 64, 70);
        Assert.All(refused, line => Assert.IsType<SpeechQueueFullException>(line.Exception!.InnerException));
        UntilSilent(host);
        await Task.WhenAll(burst.Except(refused));
    }

    // What callers of the host await goes on in the thread pool, which knows no virtual time.
    private static void UntilSilent(VirtualHost host) => host.Time.Until(() => host.Queue.Current is null);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> TimeoutAsync()
    {
        await Task.CompletedTask;
        if (DateTimeOffset.UnixEpoch.Year == 1970)
            throw new TaskCanceledException(
                "The request was canceled due to the configured HttpClient.Timeout of 1 seconds elapsing.");
        yield break;
    }

    private sealed class DeafStream(Wakeup never) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            never.Wait(TimeSpan.FromDays(1));
            return new ValueTask<int>(0);
        }
    }

    // Takes sound at once until it breaks.
    private sealed class FailingDevice(int blocks) : IOutputDevice
    {
        private int _left = blocks;

        public bool FailsToClose { get; init; }

        public string Name => "failing";

        public AudioFormat Format { get; } = new(48_000, 1);

        public TimeSpan Latency => TimeSpan.Zero;

        public long Underruns => 0;

        public void Write(AudioBlock block)
        {
            if (_left-- <= 0)
                throw new DeviceException("It broke.");
        }

        public void Drain()
        {
        }

        public void Flush()
        {
        }

        public int Rewind(int frames) => 0;

        public void InterruptWait()
        {
        }

        public void Dispose()
        {
            if (FailsToClose)
                throw new IOException("The disk is full.");
        }
    }
}
