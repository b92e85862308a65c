using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>The order of what is heard, on a loudspeaker without time.</summary>
[Collection(PacedTests.Name)]
public sealed class QueueTests : IAsyncDisposable
{
    private const int Rate = 48_000;
    private readonly TapeDevice _tape = new(Rate);
    private readonly FxHost _host;

    public QueueTests()
    {
        _tape.Limit = 0;
        _host = FxHost.Create(new FxHostOptions { PresetFolder = Repository.PathOf("presets"), OpenDevice = () => _tape,
            QueueCapacity = 8 });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SpeechQueue Queue => _host.Queue;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _tape.Dispose();
    }

    [Fact]
    public async Task Those_with_a_higher_priority_are_heard_first_and_equals_in_the_order_they_came()
    {
        Utterance first = Say(0.1f);
        _tape.Limit = 960;
        _tape.WaitUntilHeard(960);
        Utterance[] utterances = [first, Say(0.2f), Say(0.3f, new() { Priority = 1 }),
            Say(0.4f, new() { Priority = 2 }), Say(0.5f, new() { Priority = 1 })];
        await HearAsync(utterances);
        Assert.Equal([0.1f, 0.4f, 0.3f, 0.5f, 0.2f], Order());
        Assert.All(utterances, utterance => Assert.Equal(UtteranceState.Done, utterance.State));
    }

    [Fact]
    public async Task A_newer_one_with_the_same_tag_takes_the_place_of_the_one_that_waits()
    {
        Utterance[] utterances =
        [
            Say(0.1f), Say(0.2f, new() { Tag = "score" }), Say(0.3f), Say(0.4f, new() { Tag = "score" }),
                Say(0.5f, new() { Tag = "weather" }), Say(0.6f, new() { Tag = "score" }),
        ];
        await UntilAsync(() => utterances[5].State == UtteranceState.Buffering);
        await HearAsync(utterances);
        Assert.Equal([0.1f, 0.6f, 0.3f, 0.5f], Order());
        Assert.Equal(
            [InterruptionReason.None, InterruptionReason.Replaced, InterruptionReason.None, InterruptionReason.Replaced,
            InterruptionReason.None, InterruptionReason.None], await ReasonsAsync(utterances));
        Assert.True(utterances[1].Started.IsCanceled);
    }

    [Fact]
    public async Task One_that_preempts_cuts_off_a_lower_priority_and_that_one_knows_how_much_was_heard()
    {
        Utterance first = Say(0.1f, frames: 48_000);
        _tape.Limit = 10_000;
        _tape.WaitUntilHeard(9_000);
        Utterance urgent = Say(0.4f, new() { Priority = 5, Preempts = true });
        Utterance behind = Say(0.2f);
        // At a loudspeaker's pace, so that it is ready before the first one's end.
        for (int limit = 10_000; urgent.State < UtteranceState.Speaking; limit += 240)
        {
            _tape.Limit = limit;
            await Task.Delay(5, Cancellation);
        }

        await HearAsync(first, urgent, behind);
        UtteranceEnd end = await first.Finished;
        Assert.Equal((UtteranceState.Interrupted, InterruptionReason.Preempted), (end.State, end.Reason));
        Assert.Equal([0.1f, 0.4f, 0.2f], Order());
        Assert.InRange(end.Heard.TotalSeconds, 9_000.0 / Rate, 47_000.0 / Rate);
        Assert.Equal(Array.IndexOf(_tape.Heard, 0.4f), end.Heard.TotalSeconds * Rate, 0.02);
    }

    [Fact]
    public async Task One_of_higher_priority_that_does_not_preempt_waits_for_the_end()
    {
        Utterance first = Say(0.1f, frames: 48_000);
        _tape.Limit = 10_000;
        _tape.WaitUntilHeard(9_000);
        Utterance next = Say(0.2f);
        Utterance higher = Say(0.4f, new() { Priority = 5 });
        await HearAsync(first, next, higher);
        Assert.Equal([0.1f, 0.4f, 0.2f], Order());
        Assert.Equal(UtteranceState.Done, first.State);
    }

    [Fact]
    public async Task Between_two_the_longer_of_their_pauses_is_silent_to_the_frame()
    {
        Utterance[] utterances =
        [
            Say(0.1f, new() { PauseAfter = TimeSpan.FromMilliseconds(100) }),
            Say(0.2f,
                new() { PauseBefore = TimeSpan.FromMilliseconds(250), PauseAfter = TimeSpan.FromMilliseconds(50) }),
            Say(0.3f),
        ];
        await UntilAsync(() => Array.TrueForAll(utterances, utterance => utterance.Duration is not null));
        await HearAsync(utterances);
        float[] heard = _tape.Heard;
        Assert.Equal(Frames + 12_000, Array.IndexOf(heard, 0.2f));
        Assert.Equal((2 * Frames) + 12_000 + 2_400, Array.IndexOf(heard, 0.3f));
    }

    [Fact]
    public async Task Utterances_of_one_turn_follow_each_other_without_a_gap_and_nothing_comes_between_them()
    {
        Turn turn = Queue.BeginTurn(SpeechSelection.WithoutEffects, new UtteranceOptions { Id = "answer" });
        Utterance first = turn.Add(Audio(0.1f, Frames));
        Utterance other = Say(0.9f);
        _tape.Limit = 3_000;
        _tape.WaitUntilHeard(2_000);
        Utterance second = turn.Add(Audio(0.2f, Frames));
        Utterance third = turn.Add(Audio(0.3f, Frames));
        turn.Complete();
        await HearAsync(first, second, third, other);
        await turn.Finished.WaitAsync(Cancellation);
        Assert.Equal([.. Constant(0.1f), .. Constant(0.2f), .. Constant(0.3f), .. Constant(0.9f)], _tape.Heard);
        Assert.Equal(
            ["answer", "answer.2", "answer.3"], new[] { first, second, third }.Select(utterance => utterance.Id));
        UtteranceEnd[] ends = await Task.WhenAll(first.Finished, second.Finished, third.Finished);
        Assert.All(ends, end => Assert.Equal((double)Frames / Rate, end.Heard.TotalSeconds, 1e-6));
        Assert.Equal((await second.Started).DeviceTime, ends[0].Moment.DeviceTime);
    }

    [Fact]
    public async Task Segments_go_through_one_chain_that_is_not_reset()
    {
        var echo = new SpeechSelection { Preset = "glitch", Seed = 5, KeepsLevel = true };
        float[] noise = TestSignal.WhiteNoise(-20, 60_000);
        using Turn turn = Queue.BeginTurn(echo);
        Utterance first = turn.Add(Audio(noise[..20_000]));
        Utterance second = turn.Add(Audio(noise[20_000..]));
        turn.Complete();
        await HearAsync(first, second);
        float[] inPieces = _tape.Heard;
        await _host.ProcessAndPlayAsync(Audio(noise), echo, Cancellation);
        Assert.Equal(inPieces, _tape.Heard[inPieces.Length..]);
    }

    [Fact]
    public async Task A_segment_that_cannot_be_read_fails_alone()
    {
        using Turn turn = Queue.BeginTurn(SpeechSelection.WithoutEffects);
        Utterance[] utterances = [turn.Add(SpeechAudio.FromBytes("RIFF, but nothing else"u8.ToArray())), turn.Add(
            Audio(0.2f, Frames)), turn.Add(SpeechAudio.FromFile("/nowhere/line.mp3")), turn.Add(Audio(0.3f, Frames))];
        turn.Complete();
        await HearAsync(utterances);
        Assert.Equal([UtteranceState.Failed, UtteranceState.Done, UtteranceState.Failed, UtteranceState.Done],
            utterances.Select(utterance => utterance.State));
        Assert.IsType<UnreadableAudioException>((await utterances[0].Finished).Failure);
        Assert.IsAssignableFrom<IOException>((await utterances[2].Finished).Failure);
        Assert.Equal([.. Constant(0.2f), .. Constant(0.3f)], _tape.Heard);
    }

    [Fact]
    public async Task A_turn_that_nobody_completes_does_not_hold_up_those_behind_it_and_goes_on_when_more_comes()
    {
        Turn turn = Queue.BeginTurn(SpeechSelection.WithoutEffects);
        Utterance first = turn.Add(Audio(0.1f, Frames));
        Utterance other = Say(0.9f);
        await HearAsync(first, other);
        Assert.False(turn.Finished.IsCompleted);
        Utterance late = turn.Add(Audio(0.2f, Frames));
        await HearAsync(late);
        turn.Complete();
        await turn.Finished.WaitAsync(Cancellation);
        Assert.Equal([0.1f, 0.9f, 0.2f], Order());
    }

    [Fact]
    public async Task Interrupting_a_turn_ends_what_is_heard_what_waits_and_what_is_added_afterwards()
    {
        Turn turn = Queue.BeginTurn(SpeechSelection.WithoutEffects);
        Utterance[] utterances = [turn.Add(Audio(0.1f, 48_000)), turn.Add(Audio(0.2f, Frames))];
        Utterance behind = Say(0.3f);
        _tape.Limit = 10_000;
        _tape.WaitUntilHeard(9_000);
        Queue.Interrupt();
        Utterance added = turn.Add(Audio(0.4f, Frames));
        await HearAsync([.. utterances, added, behind]);
        await turn.Finished.WaitAsync(Cancellation);
        Assert.All(utterances.Append(added), utterance => Assert.Equal(UtteranceState.Interrupted, utterance.State));
        Assert.InRange(utterances[0].Position.TotalSeconds, 9_000.0 / Rate, 12_000.0 / Rate);
        Assert.Equal([0.1f, 0.3f], Order());
    }

    [Fact]
    public async Task A_fast_producer_is_refused_or_made_to_wait_and_loses_nothing()
    {
        var said = new List<Utterance>();
        Utterance Add() => Say((said.Count + 1) / 100f);
        SpeechQueueFullException? full = null;
        // One is heard, three are read ahead, eight wait.
        await UntilAsync(() =>
        {
            while ((full = Record.Exception(() => said.Add(Add())) as SpeechQueueFullException) is null)
                Assert.InRange(said.Count, 0, 12);
            return said.Count == 12;
        });
        Assert.Equal(8, Queue.Waiting);
        Assert.Contains("8 utterances wait", full!.Message, StringComparison.Ordinal);
        Task<Utterance> patient = Queue.SpeakAsync(
            Audio(0.9f, Frames), SpeechSelection.WithoutEffects, cancellation: Cancellation).AsTask();
        await Task.Yield();
        Assert.False(patient.IsCompleted);
        _tape.Limit = long.MaxValue;
        said.Add(await patient.WaitAsync(Cancellation));
        await HearAsync([.. said]);
        Assert.Equal([.. Enumerable.Range(1, said.Count - 1).Select(i => i / 100f), 0.9f], Order());
    }

    [Fact]
    public async Task Every_utterance_tells_all_of_its_states_in_order()
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        IAsyncEnumerable<SpeechEvent> events = Queue.Events(listening.Token);
        Utterance[] utterances = [Say(0.1f), Say(0.2f), Say(0.3f)];
        utterances[2].Interrupt();
        await HearAsync(utterances);
        var told = new List<SpeechEvent>();
        await foreach (SpeechEvent news in events)
        {
            told.Add(news);
            if (told.Count(e => e.State >= UtteranceState.Done) == 3)
                break;
        }

        UtteranceState[] whole = [UtteranceState.Queued, UtteranceState.Buffering, UtteranceState.Speaking,
            UtteranceState.Draining, UtteranceState.Done];
        Assert.Equal(whole, StatesOf(utterances[0]));
        Assert.Equal(whole, StatesOf(utterances[1]));
        Assert.Equal(UtteranceState.Interrupted, StatesOf(utterances[2])[^1]);
        Assert.DoesNotContain(UtteranceState.Speaking, StatesOf(utterances[2]));
        SpeechEvent second = told.Single(e => e.Utterance == utterances[1] && e.State == UtteranceState.Speaking);
        Assert.Equal((double)Frames / Rate, second.Moment.DeviceTime.TotalSeconds, 1e-9);

        UtteranceState[] StatesOf(Utterance utterance) =>
            [.. told.Where(e => e.Utterance == utterance).Select(e => e.State)];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Frames)]
    public async Task A_rest_shorter_than_the_start_buffer_is_heard_though_its_turn_is_open(int before)
    {
        // 70 ms: more than a line keeps in reserve, less than one begins with.
        byte[] wav = FloatWav.Of([.. Enumerable.Repeat(0.4f, before + (70 * Rate / 1000))], Rate);
        int early = before == 0 ? wav.Length : wav.Length - (4 * 70 * Rate / 1000);
        using Turn turn = Queue.BeginTurn(SpeechSelection.WithoutEffects);
        await HearAsync(turn.Add(SpeechAudio.FromChunks(Late())));
        Assert.Equal(before + (70 * Rate / 1000), _tape.Heard.Count(sample => sample == 0.4f));

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Late()
        {
            yield return wav.AsMemory(0, early);
            if (before > 0)
            {
                // It comes late when all before it was heard.
                await UntilAsync(() => _tape.Heard.Length >= before / 2);
                await Task.Delay(50, Cancellation);
            }

            yield return wav.AsMemory(early);
        }
    }

    [Fact]
    public async Task Interrupted_while_they_wait_for_sources_that_do_not_listen_they_end_and_hold_up_nobody()
    {
        var never = new TaskCompletionSource();
        Utterance[] deaf = [.. Enumerable.Range(0, 4).Select(
            _ => Queue.Speak(SpeechAudio.FromChunks(Deaf()), SpeechSelection.WithoutEffects))];
        await UntilAsync(() => deaf[2].State == UtteranceState.Buffering);
        Queue.InterruptAll();
        Utterance next = Say(0.2f);
        await HearAsync([.. deaf, next]);
        Assert.All(deaf, utterance => Assert.Equal(UtteranceState.Interrupted, utterance.State));
        Assert.Equal([0.2f], Order());

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Deaf()
        {
            await never.Task;
            yield break;
        }
    }

    private const int Frames = 9_600;

    private Utterance Say(float value, UtteranceOptions? options = null, int frames = Frames) =>
        Queue.Speak(Audio(value, frames), SpeechSelection.WithoutEffects, options);

    private static SpeechAudio Audio(float value, int frames) => Audio([.. Enumerable.Repeat(value, frames)]);

    // A WAV of floats keeps every value.
    private static SpeechAudio Audio(float[] samples) => SpeechAudio.FromBytes(FloatWav.Of(samples, Rate));

    private static float[] Constant(float value) => [.. Enumerable.Repeat(value, Frames)];

    // The tape runs when everything was queued.
    private async Task HearAsync(params Utterance[] utterances)
    {
        _tape.Limit = long.MaxValue;
        foreach (Utterance utterance in utterances)
            await utterance.Finished.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1, Cancellation);
    }

    private static async Task<InterruptionReason[]> ReasonsAsync(Utterance[] utterances) =>
        [.. (await Task.WhenAll(utterances.Select(utterance => utterance.Finished))).Select(end => end.Reason)];

    // The constants that were heard for some time, in order; fades pass through others.
    private float[] Order()
    {
        float[] heard = _tape.Heard;
        var order = new List<float>();
        for (int i = 0; i + 100 < heard.Length; i += 100)
        {
            if (heard[i] != 0 && heard.AsSpan(i, 100).IndexOfAnyExcept(heard[i]) < 0
                && (order.Count == 0 || order[^1] != heard[i]))
                order.Add(heard[i]);
        }

        return [.. order];
    }
}
