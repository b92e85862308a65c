using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>
/// Utterances of one turn on their way through one chain to the loudspeaker. The line's task feeds it, the timeline's
/// thread says what of it was heard.
/// </summary>
internal sealed class TurnRun : ILineSegments, IPlayoutListener
{
    // So much before the loudspeaker runs dry the line is ended, so that its tail follows in time.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(60);

    // How long a line's own task has for its report, when the line was cut.
    private static readonly TimeSpan SourcePatience = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<Utterance> _segments = [];
    private readonly Loudspeaker _loudspeaker;
    private readonly ITimer _sourceLimit;
    private readonly CancellationTokenRegistration _interruption;
    private LineChain? _chain;
    private LoudspeakerSink? _sink;
    private int _speaking = -1;
    private PlaybackMoment? _end;
    private SegmentPosition? _position;
    private volatile bool _isOpen = true;
    private bool _wasCut;

    public TurnRun(Turn turn, Utterance first, Loudspeaker loudspeaker)
    {
        Turn = turn;
        _loudspeaker = loudspeaker;
        _segments.Add(first);
        Line = loudspeaker.TakePlace(
            new QueuePosition(turn.Options.Priority, turn.Order)
            {
                Preempts = turn.Options.Preempts,
                PauseBefore = turn.Options.PauseBefore,
                PauseAfter = turn.Options.PauseAfter,
                Turn = turn.Id,
            },
            this,
            turn.Interruption);
        _sourceLimit = loudspeaker.Clock.Source.CreateTimer(
            static run => ((TurnRun)run!).EndWithoutSource(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _interruption = turn.Interruption.UnsafeRegister(static run => ((TurnRun)run!).LimitSource(), this);
    }

    public Turn Turn { get; }

    /// <summary>Its place on the loudspeaker.</summary>
    public Track Line { get; }

    /// <summary>The utterance it began with.</summary>
    public Utterance First => _segments[0];

    /// <summary>Whether it may go on with another utterance of its turn.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether anything of it was heard.</summary>
    public bool IsBegun => Volatile.Read(ref _speaking) >= 0;

    /// <summary>Begins. The line's task.</summary>
    /// <param name="chain">Its choice, which sums an utterance up.</param>
    /// <param name="sink">Knows how much is made ahead of what the device took.</param>
    public void Begin(LineChain chain, LoudspeakerSink sink)
    {
        (_chain, _sink) = (chain, sink);
        First.Chosen(chain);
        First.Enter(UtteranceState.Buffering, Now());
    }

    bool ILineSegments.MayGoOn => Turn.MayGoOn;

    async ValueTask<SpeechAudio?> ILineSegments.NextAsync(CancellationToken cancellation)
    {
        Utterance? next = await Turn.TakeNextAsync(First.Selection, () => _sink!.Lead - Reserve, cancellation);
        if (next is null)
        {
            // What comes now needs a line of its own.
            _isOpen = false;
            Turn.Queue.Dispatch();
            return null;
        }

        lock (_gate)
            _segments.Add(next);
        next.Chosen(_chain!);
        next.Enter(UtteranceState.Buffering, Now());
        return next.Audio;
    }

    void ILineSegments.Ended(LineResult result, long frames, Exception? failure)
    {
        Utterance utterance = _segments[^1];
        utterance.Notes.Read(result);
        SpeechReport? report = result.Chain is null ? null : _chain!.Report(utterance.Audio, result, isHeard: true) with
        {
            InputDuration = TimeSpan.FromSeconds((double)frames / result.Format.SampleRate),
        };
        utterance.Notes.Length = report?.InputDuration;
        utterance.Processed(report, failure is null or UnreadableAudioException || frames == 0 ? failure
            : new IOException(
                $"{utterance.Audio.Name} broke off: {failure.Message} What had arrived was spoken.", failure));
    }

    /// <summary>The last utterance's tail has been handed on, too. The line's task.</summary>
    public void RungOut(LineResult result)
    {
        Utterance last = _segments[^1];
        if (last.Duration is { } duration)
            last.Processed(
                _chain!.Report(last.Audio, result, isHeard: true) with { InputDuration = duration }, last.Failure);
    }

    void IPlayoutListener.SegmentStarted(int segment, PlaybackMoment moment)
    {
        Utterance[] segments = Snapshot();
        // One that could not be read was never heard.
        while (segment < segments.Length - 1 && segments[segment] is { Failure: not null, Duration: null })
            segment++;
        long frame = moment.Frame - Line.Origin;
        _position?.EndAt(frame);
        for (int before = Math.Max(0, _speaking); before < segment; before++)
            Finish(segments[before], moment, wasCut: false, isTimeline: true);
        bool beginsLine = _position is null;
        Volatile.Write(ref _speaking, segment);
        _position = new SegmentPosition(Line, _loudspeaker.Clock, frame);
        _loudspeaker.Levels.LineBegins(_chain?.Mood);
        segments[segment].Begin(_position, new SegmentLog(Line, _loudspeaker, moment.Frame, beginsLine), moment);
    }

    void IPlayoutListener.VoiceEnded(PlaybackMoment moment)
    {
        Utterance[] segments = Snapshot();
        segments[^1].Enter(UtteranceState.Draining, moment);
    }

    void IPlayoutListener.Ended(PlaybackMoment moment, bool wasCut)
    {
        _end = moment;
        _wasCut = wasCut;
        if (wasCut)
            LimitSource();
    }

    /// <summary>Ends what has not ended. The line's task, its last step.</summary>
    /// <param name="result">What passed through; null when nothing did.</param>
    /// <param name="failure">What the line's task ended with; null for nothing.</param>
    public async Task EndAsync(LineResult? result, Exception? failure)
    {
        _isOpen = false;
        Line.Dispose();
        _loudspeaker.GiveUp(Line);
        // Cut off, it still fades.
        await Cancelling.EndAsync(Line.Heard);
        _interruption.Unregister();
        _sourceLimit.Dispose();
        bool isCut = _wasCut || failure is OperationCanceledException or ObjectDisposedException;
        PlaybackMoment end = _end ?? Now();
        foreach (Utterance utterance in Snapshot())
        {
            if (utterance.State >= UtteranceState.Done)
                continue;
            if (utterance.Duration is null && result?.Chain is not null && _chain is not null)
            {
                utterance.Notes.Read(result);
                utterance.Processed(_chain.Report(utterance.Audio, result, isHeard: true), utterance.Failure);
            }

            if (failure is not null && !isCut && utterance.Failure is null)
                utterance.Processed(null, failure);
            Finish(utterance, end, isCut);
        }
    }

    private void LimitSource() => _sourceLimit.Change(SourcePatience, Timeout.InfiniteTimeSpan);

    // It was cut, and its source still keeps the line's thread: nobody waits for a source that does not answer.
    private void EndWithoutSource()
    {
        if (!Line.Heard.IsCompleted)
        {
            LimitSource();
            return;
        }

        foreach (Utterance utterance in Snapshot())
            Finish(utterance, _end ?? Now(), wasCut: true);
    }

    private void Finish(Utterance utterance, PlaybackMoment moment, bool wasCut, bool isTimeline = false)
    {
        InterruptionReason reason = !wasCut ? InterruptionReason.None : Turn.Reason is InterruptionReason.None
            ? (_loudspeaker.IsClosed ? InterruptionReason.Closed : InterruptionReason.Preempted)
            : Turn.Reason;
        UtteranceState state = utterance.Failure is not null
            && !wasCut ? UtteranceState.Failed : wasCut ? UtteranceState.Interrupted : UtteranceState.Done;
        utterance.Finish(
            new UtteranceEnd(state, moment, TimeSpan.Zero) { Reason = reason,
                Failure = state == UtteranceState.Failed ? utterance.Failure : null }, isTimeline);
    }

    private Utterance[] Snapshot()
    {
        lock (_gate)
            return [.. _segments];
    }

    private PlaybackMoment Now() => _loudspeaker.Clock.Now;
}
