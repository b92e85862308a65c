using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Queue.Stress;

/// <summary>
/// Everything at once on a real sound server: formats, presets, sources that stall, die or are none, interruptions,
/// pauses, one line cutting off another, and a loudspeaker that is unplugged and plugged in again.
/// </summary>
[Collection(LoudspeakerTests.Name)]
public sealed class StressTests(PulseServer server)
{
    private static readonly string[] Presets = ["neutral", "radio", "whisper", "announcement"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Twenty_lines_of_every_kind_end_as_they_should_in_order_and_complete() => SpeakAsync(20, seed: 1);

    [Fact]
    [Trait("Length", "Long")]
    public Task Two_hundred_lines_of_every_kind_end_as_they_should_in_order_and_complete() => SpeakAsync(200, seed: 2);

    private async Task SpeakAsync(int count, int seed)
    {
        var random = new Random(seed);
        using var alone = new Ticker();
        await Task.Delay(1_000, Cancellation);
        double lateAlone = alone.MedianLateness();
        var recordings = new List<(SinkRecording Sink, long From)> { (server.Default, server.Default.Position),
            (server.AddSink("stress", 48_000, 2, "Unplugged now and then"), 0) };
        bool isPlugged = true;
        await using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "stress",
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address, BufferMilliseconds = 60 },
            QueueCapacity = 6,
        });
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        IAsyncEnumerable<SpeechEvent> events = host.Queue.Events(listening.Token);
        var lines = new List<StressLine>();
        long memoryThen = 0;
        using var beside = new Ticker();
        for (int i = 0; i < count; i++)
        {
            var line = StressLine.Create(i, random);
            lines.Add(line);
            bool isUrgent = random.Next(10) == 0;
            line.Utterance = await host.Queue.SpeakAsync(
                line.Audio,
                random.Next(4) == 0
                    ? SpeechSelection.WithoutEffects : SpeechSelection.OfPreset(Presets[random.Next(Presets.Length)]),
                new UtteranceOptions { Id = $"{i}", Priority = isUrgent ? 1 : 0, Preempts = isUrgent,
                    PauseBefore = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 40 : 0) },
                Cancellation);
            if (i % 10 == 7)
            {
                if (isPlugged)
                    server.RemoveSink("stress");
                else
                    recordings.Add((server.AddSink("stress", 48_000, 2, "Unplugged now and then"), 0));
                isPlugged = !isPlugged;
            }

            await DisturbAsync(host, random);
            if (i == count / 3)
                memoryThen = Kept(recordings);
        }

        UtteranceEnd[] ends = await Task.WhenAll(lines.Select(line => line.Utterance!.Finished)).WaitAsync(
            TimeSpan.FromSeconds(60), Cancellation);
        double lateBeside = beside.MedianLateness();
        // The machine may be busier with other things than it was at first.
        using var aloneAgain = new Ticker();
        await Task.Delay(1_000, Cancellation);
        lateAlone = Math.Max(lateAlone, aloneAgain.MedianLateness());
        long memoryNow = Kept(recordings);
        await Task.Delay(200, Cancellation);
        List<(int Tone, int Milliseconds)> heard = HeardTones.In(recordings);
        if (isPlugged)
            server.RemoveSink("stress");

        CheckEnds(lines, ends);
        await CheckEventsAsync(lines, events);
        CheckOrder(lines);
        CheckSound(lines, ends, heard);
        Assert.InRange((memoryNow - memoryThen) / 1_000_000.0, double.NegativeInfinity, 8);
        Assert.InRange(lateBeside - lateAlone, double.NegativeInfinity, 2);
        Assert.Equal(0, host.Queue.Waiting);
        Assert.Null(host.Queue.Current);
    }

    // What is recorded grows, and is the test's own.
    private static long Kept(List<(SinkRecording Sink, long From)> recordings)
    {
        // Encoders and recorders have ended; what they held goes with their finalizers.
        _ = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) - recordings.Sum(recording => recording.Sink.KeptBytes);
    }

    private static async Task DisturbAsync(FxHost host, Random random)
    {
        await Task.Delay(random.Next(300), Cancellation);
        switch (random.Next(8))
        {
            case 0:
                host.Queue.Interrupt();
                break;
            case 1:
                host.Queue.IsPaused = true;
                await Task.Delay(random.Next(60), Cancellation);
                host.Queue.IsPaused = false;
                break;
        }
    }

    private static void CheckEnds(List<StressLine> lines, UtteranceEnd[] ends)
    {
        foreach ((StressLine line, UtteranceEnd end) in lines.Zip(ends))
        {
            string which =
                $"{line.Number} {line.Way} {end.State} {end.Reason} {end.Heard.TotalSeconds:F3} {end.Failure?.Message}";
            if (end.State == UtteranceState.Interrupted)
                Assert.True(end.Reason is InterruptionReason.Asked or InterruptionReason.Preempted, which);
            else
                Assert.True(end.State == (
                    line.Way is Way.Dying or Way.Broken ? UtteranceState.Failed : UtteranceState.Done), which);
            if (end.State == UtteranceState.Done)
                Assert.True(end.Heard.TotalSeconds is > 0.395 and < 1.5, which);
            if (line.Way == Way.Broken)
                Assert.True(end.Heard == TimeSpan.Zero, which);
            if (line.Way == Way.Dying && end.State == UtteranceState.Failed)
                Assert.True(end.Heard.TotalSeconds > 0.15 && end.Failure is IOException, which);
        }
    }

    private static async Task CheckEventsAsync(List<StressLine> lines, IAsyncEnumerable<SpeechEvent> events)
    {
        var told = lines.ToDictionary(line => line.Utterance!, _ => new List<UtteranceState>());
        int ended = 0;
        await foreach (SpeechEvent news in events)
        {
            told[news.Utterance].Add(news.State);
            if (news.State >= UtteranceState.Done && ++ended == lines.Count)
                break;
        }

        foreach (StressLine line in lines)
        {
            List<UtteranceState> states = told[line.Utterance!];
            Assert.Equal(states.Order().Distinct(), states);
            Assert.Equal(UtteranceState.Queued, states[0]);
            Assert.Equal(line.Utterance!.State, states[^1]);
            Assert.Equal(line.Utterance.Started.IsCompletedSuccessfully, states.Contains(UtteranceState.Speaking));
        }
    }

    private static void CheckOrder(List<StressLine> lines)
    {
        foreach (IGrouping<int, StressLine> equals in lines.Where(line =>
            line.Utterance!.Started.IsCompletedSuccessfully).GroupBy(line => line.Utterance!.Options.Priority))
        {
            TimeSpan[] starts = [.. equals.Select(line => line.Utterance!.Started.Result.DeviceTime)];
            Assert.Equal(starts.Order(), starts);
        }
    }

    // Every line that was heard for long enough, once, for about as long as it says.
    private static void CheckSound(
        List<StressLine> lines, UtteranceEnd[] ends, List<(int Tone, int Milliseconds)> heard)
    {
        (StressLine Line, UtteranceEnd End)[] spoken = [
            .. lines.Zip(ends).Where(pair => pair.First.Utterance!.Started.IsCompletedSuccessfully).OrderBy(
                pair => pair.First.Utterance!.Started.Result.DeviceTime)];
        string story = string.Join(' ',
            spoken.Select(pair => $"{pair.Line.Tone}:{pair.End.Heard.TotalMilliseconds:F0}")) + "\nheard "
            + string.Join(' ', heard.Select(run => $"{run.Tone}:{run.Milliseconds}"));
        int next = 0;
        foreach ((StressLine line, UtteranceEnd end) in spoken)
        {
            bool isHeard = next < heard.Count && heard[next].Tone == line.Tone;
            Assert.True(isHeard || end.Heard.TotalMilliseconds < 150, $"Line {line.Number} was lost.\n{story}");
            if (!isHeard)
                continue;
            Assert.True(heard[next].Milliseconds < end.Heard.TotalMilliseconds + 200,
                $"Line {line.Number} was heard too long.\n{story}");
            next++;
        }

        Assert.True(next == heard.Count, $"Something was heard that nobody said.\n{story}");
    }
}
