using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>Utterances as activities.</summary>
[Collection(PacedTests.Name)]
public sealed class TraceTests : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly Activity _caller = new Activity("assistant").Start();

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FxHostTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_ended)
                {
                    if (activity.TraceId == _caller.TraceId)
                        _ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _caller.Dispose();
    }

    [Fact]
    public async Task An_utterance_is_one_activity_below_its_callers_and_its_parts_lie_in_it()
    {
        await using var observed = new ObservedHost();
        var queue = observed.Host.Queue;
        Utterance utterance = queue.Speak(ObservedHost.Noise(0.3), new SpeechSelection { Preset = "neutral", Seed = 7 },
            new UtteranceOptions { Id = "hello" });
        Assert.Same(_caller, Activity.Current);
        UtteranceEnd end = await ObservedHost.EndAsync(utterance);
        Activity whole = Assert.Single(Ended("utterance"));
        Assert.Equal(_caller.SpanId, whole.ParentSpanId);
        Assert.Equal(("hello", "done", "neutral", "7", "troubled"), (Tag(whole, "utterance.id"),
            Tag(whole, "utterance.state"), Tag(whole, "preset"), Tag(whole, "seed"), Tag(whole, "device.name")));
        Assert.Equal(ActivityStatusCode.Unset, whole.Status);
        Activity[] parts = [
            .. new[] { "buffering", "build chain", "speaking", "draining" }.Select(name => Assert.Single(Ended(name)))];
        Assert.All(parts, part => Assert.Equal(whole.SpanId, part.ParentSpanId));
        Assert.All(parts, part =>
            Assert.True(part.StartTimeUtc >= whole.StartTimeUtc && End(part) <= End(whole), part.DisplayName));
        Assert.Equal(End(parts[0]), parts[2].StartTimeUtc);
        Assert.Equal(End(parts[2]), parts[3].StartTimeUtc);
        Assert.Equal(end.Heard.TotalSeconds, (parts[2].Duration + parts[3].Duration).TotalSeconds, 0.02);
        Assert.Equal(
            parts[2].StartTimeUtc, Assert.Single(whole.Events, e => e.Name == "first sound").Timestamp.UtcDateTime);
        Assert.Equal(end.Report!.StartUp.TotalSeconds, parts[1].Duration.TotalSeconds, 1e-4);
    }

    [Fact]
    public async Task The_utterances_of_a_turn_are_linked_to_its_first()
    {
        await using var observed = new ObservedHost();
        using Turn turn = observed.Host.Queue.BeginTurn(SpeechSelection.WithoutEffects);
        // A second for the others to be there in, however busy the machine: what comes when all was heard begins anew.
        Utterance[] utterances = [turn.Add(ObservedHost.Noise(1)), turn.Add(ObservedHost.Noise(0.1)),
            turn.Add(ObservedHost.Noise(0.1))];
        turn.Complete();
        foreach (Utterance utterance in utterances)
            await ObservedHost.EndAsync(utterance);
        Activity[] traced = [.. Ended("utterance").OrderBy(activity => activity.StartTimeUtc)];
        Assert.Equal(3, traced.Length);
        Assert.Empty(traced[0].Links);
        Assert.All(traced[1..], other => Assert.Equal(traced[0].SpanId, Assert.Single(other.Links).Context.SpanId));
        Assert.Single(Ended("build chain"));
    }

    [Fact]
    public async Task One_that_fails_has_an_error_and_the_exception_and_one_that_is_interrupted_has_not()
    {
        await using var observed = new ObservedHost();
        await ObservedHost.EndAsync(observed.Host.Queue.Speak(
            SpeechAudio.FromBytes("RIFF, but nothing else"u8.ToArray()), SpeechSelection.WithoutEffects));
        Activity failed = Assert.Single(Ended("utterance"));
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal(typeof(UnreadableAudioException).FullName, failed.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(failed.Events).Name);
        Utterance stalled = observed.Host.Queue.Speak(
            ObservedHost.Stalled(0.2, new TaskCompletionSource().Task), SpeechSelection.WithoutEffects);
        await ObservedHost.UntilAsync(() => stalled.State == UtteranceState.Speaking);
        stalled.Interrupt();
        await ObservedHost.EndAsync(stalled);
        Activity interrupted = Assert.Single(Ended("utterance"), activity => activity != failed);
        Assert.Equal(
            (ActivityStatusCode.Unset, "interrupted"), (interrupted.Status, Tag(interrupted, "utterance.state")));
    }

    private Activity[] Ended(string name)
    {
        lock (_ended)
            return [.. _ended.Where(activity => activity.OperationName == name)];
    }

    private static DateTime End(Activity activity) => activity.StartTimeUtc + activity.Duration;

    private static string? Tag(Activity activity, string name) => activity.GetTagItem("r3x.fxhost." + name) as string;
}
