using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>Something that is spoken: from its place in the queue until its last sample has left the device. Any
/// thread.</summary>
public sealed class Utterance
{
    private readonly TaskCompletionSource<PlaybackMoment> _started = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UtteranceEnd> _finished = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Turn _turn;
    private readonly UtteranceTrace? _trace;
    private SegmentPosition? _position;
    private UtteranceEnd? _end;
    private SpeechReport? _report;
    private Exception? _failure;
    private string? _preset;
    private IReadOnlyList<string> _warnings = [];
    private int _state = (int)UtteranceState.Queued;

    internal Utterance(Turn turn, SpeechAudio audio, SpeechSelection selection, string id, UtteranceTrace? trace)
    {
        _turn = turn;
        _trace = trace;
        Notes = new UtteranceNotes(turn.Queue.Time.GetTimestamp());
        Audio = audio;
        Selection = selection;
        Id = id;
        // A line that never begins is nobody's unobserved fault.
        _ = _started.Task.ContinueWith(static task => task.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Its name in events and reports.</summary>
    public string Id { get; }

    /// <summary>What it says.</summary>
    public SpeechAudio Audio { get; }

    /// <summary>Which sound.</summary>
    public SpeechSelection Selection { get; }

    /// <summary>Where it stands in the queue.</summary>
    public UtteranceOptions Options => _turn.Options;

    /// <summary>The turn it is a part of; one that was spoken by itself is a turn of its own.</summary>
    public Turn Turn => _turn;

    /// <summary>How far it has come.</summary>
    public UtteranceState State => (UtteranceState)Volatile.Read(ref _state);

    /// <summary>Done when its first sample leaves the device; cancelled when it ends without.</summary>
    public Task<PlaybackMoment> Started => _started.Task;

    /// <summary>Done when its last sample has left the device, or it was interrupted, or has failed: never itself
    /// fails.</summary>
    public Task<UtteranceEnd> Finished => _finished.Task;

    /// <summary>How much of it was heard so far, its tail included.</summary>
    public TimeSpan Position => Volatile.Read(ref _end)?.Heard ?? Volatile.Read(ref _position)?.Now ?? TimeSpan.Zero;

    /// <summary>How long it is, without its tail; null while its end has not arrived.</summary>
    public TimeSpan? Duration => _report?.InputDuration;

    /// <summary>The preset it is spoken with, by id; <c>dry</c> without effects. Null before it is begun to be
    /// read.</summary>
    public string? Preset => Volatile.Read(ref _preset);

    /// <summary>What is not as it was meant to be, each a whole sentence; complete when it has ended.</summary>
    public IReadOnlyList<string> Warnings => _report?.Warnings ?? _warnings;

    /// <summary>Ends it, and with it the rest of its turn: silent within 30 ms, or never heard. Does nothing when it
    /// has ended.</summary>
    public void Interrupt() => _turn.Interrupt(InterruptionReason.Asked);

    internal UtteranceNotes Notes { get; }

    internal Exception? Failure => _failure;

    internal void Chosen(LineChain chain)
    {
        _warnings = chain.Warnings;
        Volatile.Write(ref _preset, chain.PresetId);
    }

    internal void Begin(SegmentPosition position, SegmentLog log, PlaybackMoment moment)
    {
        Volatile.Write(ref _position, position);
        Notes.Segment = log;
        if (Enter(UtteranceState.Speaking, moment))
            _started.TrySetResult(moment);
    }

    internal void Processed(SpeechReport? report, Exception? failure) => (_report, _failure) = (report, failure);

    // Says whether it was not there before.
    internal bool Enter(UtteranceState state, PlaybackMoment moment)
    {
        lock (_gate)
        {
            if (State >= state || State >= UtteranceState.Done)
                return false;
            Notes.Enter(state, moment);
            Volatile.Write(ref _state, (int)state);
            _turn.Queue.Tell(new SpeechEvent(this, state, moment));
            return true;
        }
    }

    /// <summary>It has ended. Those who watch are told before those who await it.</summary>
    /// <param name="end">How, its report without what the loudspeaker knows.</param>
    /// <param name="elsewhere">Whether to tell them on another thread, as this one must not be held up.</param>
    internal void Finish(UtteranceEnd end, bool elsewhere = false)
    {
        end = end with { Heard = Volatile.Read(ref _position)?.At(end.Moment) ?? TimeSpan.Zero };
        if (!Enter(end.State, end.Moment))
            return;
        PlaybackReport playback = PlaybackSummary.Of(this, end);
        end = end with { Report = _report is { } report ? report with { Playback = playback } : null };
        Volatile.Write(ref _end, end);
        _started.TrySetCanceled();
        if (elsewhere)
            WorkerThread.Post(() => Conclude(playback, end), _turn.Queue.Time);
        else
            Conclude(playback, end);
    }

    private void Conclude(PlaybackReport playback, UtteranceEnd end)
    {
        _trace?.End(this, playback, end);
        _turn.Queue.Signals.UtteranceEnded(playback, end.Failure, end.Report);
        _finished.TrySetResult(end);
        // Whoever keeps utterances keeps their ends and not what they were made of.
        Volatile.Write(ref _position, null);
        Notes.Segment = null;
        _turn.Over(this);
    }
}
