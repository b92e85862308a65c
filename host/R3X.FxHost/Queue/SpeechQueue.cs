using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Ducking;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>
/// What is to be heard, and in which order. Speech and sound effects share it. Of what waits only the next few are read
/// ahead, so that it takes little memory however much waits. Any thread; no member waits for the loudspeaker.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, and everybody who speaks of one calls it so.")]
public sealed class SpeechQueue
{
    // Read ahead of their turn: one is ready for when what is heard ends, others for when that one is short.
    private const int MostAhead = 3;

    private readonly Loudspeaker _loudspeaker;
    private readonly Ducker _ducker;
    private readonly LineChains _chains;
    private readonly Func<int> _depth;
    private readonly SpeechEvents<SpeechEvent> _events = new(4096);
    private readonly Lock _gate = new();
    private readonly List<Turn> _turns = [];
    private readonly List<TurnRun> _runs = [];
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ids;
    private int _waiting;

    internal SpeechQueue(Loudspeaker loudspeaker, Ducker ducker, LineChains chains, int capacity, HostSignals signals)
    {
        _loudspeaker = loudspeaker;
        Capacity = capacity;
        (_ducker, _chains) = (ducker, chains);
        Signals = signals;
        _depth = () => Waiting;
        signals.Watch(_depth);
    }

    /// <summary>How many utterances may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many wait: those not yet read.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What is heard now, or would be next; null when there is nothing.</summary>
    public Turn? Current
    {
        get
        {
            lock (_gate)
                return (_runs.Find(static run => run.IsBegun) ?? _runs.FirstOrDefault())?.Turn;
        }
    }

    /// <summary>
    /// Whether playback is paused. It fades within 10 ms and stops within 30 ms, the device's buffer included; from
    /// there it goes on. What is queued meanwhile waits.
    /// </summary>
    public bool IsPaused
    {
        get => _loudspeaker.IsPaused;
        set => _loudspeaker.IsPaused = value;
    }

    /// <summary>Queues an utterance.</summary>
    /// <param name="audio">What it says: speech, or a sound effect.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="options">Where it stands; null puts it behind what waits.</param>
    /// <exception cref="SpeechQueueFullException">As many wait as may.</exception>
    /// <exception cref="ObjectDisposedException">The host was disposed.</exception>
    public Utterance Speak(SpeechAudio audio, SpeechSelection? selection = null, UtteranceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(audio);
        if (Waiting >= Capacity && options?.Tag is null)
            throw new SpeechQueueFullException(Capacity);
        return Enqueue(audio, selection, options);
    }

    /// <summary>Queues an utterance; its place is taken at once, and the task ends when there is room, so that who
    /// awaits it cannot run ahead.</summary>
    /// <inheritdoc cref="Speak"/>
    /// <param name="audio">What it says.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="options">Where it stands.</param>
    /// <param name="cancellation">Ends the waiting, and takes the utterance out.</param>
    public async ValueTask<Utterance> SpeakAsync(
        SpeechAudio audio, SpeechSelection? selection = null, UtteranceOptions? options = null,
            CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        cancellation.ThrowIfCancellationRequested();
        Utterance utterance = Enqueue(audio, selection, options);
        try
        {
            for (Task room = Volatile.Read(ref _room).Task; Waiting > Capacity
                && utterance.State == UtteranceState.Queued; room = Volatile.Read(ref _room).Task)
                await room.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            utterance.Interrupt();
            throw;
        }

        return utterance;
    }

    /// <summary>Begins a turn: utterances that follow each other without a gap. It has to be completed.</summary>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="options">Where it stands; null puts it behind what waits.</param>
    public Turn BeginTurn(SpeechSelection? selection = null, UtteranceOptions? options = null)
    {
        selection ??= SpeechSelection.Default;
        options ??= UtteranceOptions.Default;
        ObjectDisposedException.ThrowIf(_loudspeaker.IsClosed, "FxHost");
        Turn[] outdated;
        Turn turn;
        lock (_gate)
        {
            outdated = options.Tag is null
                ? [] : [.. _turns.Where(other => other.Options.Tag == options.Tag && !IsBegun(other))];
            Turn[] equals = [.. outdated.Where(other => other.Options.Priority == options.Priority)];
            long order = equals.Length > 0 ? equals.Min(static other => other.Order) : _loudspeaker.NextOrder();
            turn = new Turn(
                this, selection, options, order, options.Id ?? $"utterance-{Interlocked.Increment(ref _ids)}");
            int at = _turns.FindIndex(other => other.Options.Priority < options.Priority
                || (other.Options.Priority == options.Priority && other.Order > order));
            _turns.Insert(at < 0 ? _turns.Count : at, turn);
        }

        foreach (Turn other in outdated)
            other.Interrupt(InterruptionReason.Replaced);
        return turn;
    }

    /// <summary>Ends what is heard now, or would be next: silent within 30 ms, the device's buffer included. The next
    /// one may begin at once.</summary>
    public void Interrupt() => Current?.Interrupt();

    /// <summary>Ends what is heard now and everything that waits.</summary>
    public void InterruptAll()
    {
        Turn[] turns;
        lock (_gate)
            turns = [.. _turns];
        // From the last one on, so that none of them begins.
        foreach (Turn turn in turns.AsEnumerable().Reverse())
            turn.Interrupt();
    }

    /// <summary>Everything that happens from now on, in order. A listener who is thousands of events behind loses the
    /// oldest.</summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<SpeechEvent> Events(CancellationToken cancellation = default) =>
        _events.Listen(cancellation);

    /// <summary>
    /// Fades for a program that plays music itself, from now on: down when a voice begins to be heard (or the lead
    /// before), up when the last one has been heard and the hold is over. See <see cref="FxHostOptions.Ducking"/>.
    /// </summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<DuckingEvent> Ducking(CancellationToken cancellation = default) =>
        _ducker.DuckingEvents.Listen(cancellation);

    /// <summary>
    /// When a microphone should not be believed, from now on: on before a voice can be heard, off when all of it has
    /// left the loudspeaker. See <see cref="FxHostOptions.MicMute"/>.
    /// </summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<MicMute> MicMutes(CancellationToken cancellation = default) =>
        _ducker.MicMutes.Listen(cancellation);

    /// <summary>Whether a microphone should not be believed now.</summary>
    public bool IsMicMuted => _ducker.IsMicMuted;

    internal HostSignals Signals { get; }

    internal TimeProvider Time => _loudspeaker.Clock.Source;

    internal void Tell(SpeechEvent news) => _events.Tell(news);

    internal void Added(Utterance utterance)
    {
        Interlocked.Increment(ref _waiting);
        Tell(new SpeechEvent(utterance, UtteranceState.Queued, Now()));
    }

    internal void NeverBegun(Utterance utterance, InterruptionReason reason)
    {
        Interlocked.Decrement(ref _waiting);
        utterance.Finish(new UtteranceEnd(UtteranceState.Interrupted, Now(), TimeSpan.Zero) { Reason = reason });
        MakeRoom();
    }

    internal void Taken()
    {
        Interlocked.Decrement(ref _waiting);
        MakeRoom();
    }

    internal void Over(Turn turn)
    {
        lock (_gate)
            _turns.Remove(turn);
    }

    /// <summary>Begins to read what is next.</summary>
    internal void Dispatch()
    {
        while (TakeRun() is { } run)
            _ = LineThread.RunAsync(() => SpeakAsync(run), Time);
    }

    /// <summary>Ends everything: the loudspeaker is gone.</summary>
    internal void Close()
    {
        Turn[] turns;
        lock (_gate)
            turns = [.. _turns];
        foreach (Turn turn in turns)
            turn.Interrupt(InterruptionReason.Closed);
        _events.Complete();
        Signals.Forget(_depth);
    }

    internal Utterance Enqueue(SpeechAudio audio, SpeechSelection? selection, UtteranceOptions? options) =>
        BeginTurn(selection, options).Add(audio, null, isLast: true);

    private TurnRun? TakeRun()
    {
        lock (_gate)
        {
            foreach (Turn turn in _turns)
            {
                // One that was interrupted waits for nothing but its source.
                if (_runs.Count(run => !run.Line.Begun.IsCompleted && !run.Line.IsCancelled
                    && run.Turn.Options.Priority >= turn.Options.Priority) >= MostAhead)
                    return null;
                if (!turn.HasPending || _runs.Exists(run => run.Turn == turn && run.IsOpen)
                    || turn.TakePending(null) is not { } first)
                    continue;
                try
                {
                    var run = new TurnRun(turn, first, _loudspeaker);
                    _runs.Add(run);
                    return run;
                }
                catch (ObjectDisposedException)
                {
                    first.Finish(new UtteranceEnd(UtteranceState.Interrupted, Now(),
                        TimeSpan.Zero) { Reason = InterruptionReason.Closed }, elsewhere: true);
                }
            }

            return null;
        }
    }

    private async Task SpeakAsync(TurnRun run)
    {
        _ = DispatchWhenBegunAsync(run);
        await SpokenTurn.SpeakAsync(run, _loudspeaker, _chains);
        lock (_gate)
            _runs.Remove(run);
        Dispatch();
    }

    private async Task DispatchWhenBegunAsync(TurnRun run)
    {
        await run.Line.Begun;
        Dispatch();
    }

    private bool IsBegun(Turn turn) => _runs.Exists(run => run.Turn == turn && run.IsBegun);

    private void MakeRoom() => Interlocked.Exchange(ref _room,
        new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private PlaybackMoment Now() => _loudspeaker.Clock.Now;
}
