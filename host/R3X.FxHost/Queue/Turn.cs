using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>
/// What one party says until another may speak: utterances that follow each other without a gap and, with the same
/// selection, through one chain. They may be added while the first is already heard. Any thread.
/// </summary>
public sealed class Turn : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Utterance> _pending = new();
    private readonly List<Utterance> _unfinished = [];
    [SuppressMessage("Usage", "CA2213",
        Justification = "Without a timer it holds nothing, and those who ended late still ask its token.")]
    private readonly CancellationTokenSource _interruption = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private UtteranceTrace? _firstTrace;
    private bool _isComplete;
    private int _reason;
    private int _count;

    internal Turn(SpeechQueue queue, SpeechSelection selection, UtteranceOptions options, long order, string id)
    {
        Queue = queue;
        Selection = selection;
        Options = options;
        Order = order;
        Id = id;
    }

    /// <summary>Its name; its utterances' begin with it.</summary>
    public string Id { get; }

    /// <summary>Which sound, unless an utterance says otherwise.</summary>
    public SpeechSelection Selection { get; }

    /// <summary>Where it stands in the queue.</summary>
    public UtteranceOptions Options { get; }

    /// <summary>Done when it is complete and all of it was heard, or it was interrupted. Never fails.</summary>
    public Task Finished => _finished.Task;

    internal SpeechQueue Queue { get; }

    internal long Order { get; }

    internal CancellationToken Interruption => _interruption.Token;

    internal InterruptionReason Reason => (InterruptionReason)Volatile.Read(ref _reason);

    internal bool MayGoOn
    {
        get
        {
            lock (_gate)
                return !_isComplete || _pending.Count > 0;
        }
    }

    internal bool HasPending
    {
        get
        {
            lock (_gate)
                return _pending.Count > 0 && !_interruption.IsCancellationRequested;
        }
    }

    /// <summary>Adds an utterance.</summary>
    /// <param name="audio">What it says. Added to a turn that was interrupted, it ends at once.</param>
    /// <param name="selection">Which sound; null takes the turn's. Another one begins where the one before it ends,
    /// over its tail.</param>
    /// <exception cref="InvalidOperationException">The turn is complete.</exception>
    public Utterance Add(SpeechAudio audio, SpeechSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(audio);
        return Add(audio, selection, isLast: false);
    }

    /// <summary>Says that nothing more comes. The next turn need not wait for more of this one then.</summary>
    public void Complete()
    {
        lock (_gate)
            _isComplete = true;
        Wake();
        FinishIfOver();
    }

    /// <summary>Ends it: silent within 30 ms, or never heard. Does nothing when it has ended.</summary>
    public void Interrupt() => Interrupt(InterruptionReason.Asked);

    /// <summary>The same as <see cref="Complete"/>.</summary>
    public void Dispose() => Complete();

    internal Utterance Add(SpeechAudio audio, SpeechSelection? selection, bool isLast)
    {
        var trace = UtteranceTrace.Begin(Volatile.Read(ref _firstTrace), Queue.Time);
        Utterance utterance;
        lock (_gate)
        {
            if (_isComplete && !_interruption.IsCancellationRequested)
                throw new InvalidOperationException(
                    $"The turn {Id} is complete; nothing can be added. Begin another one.");
            _isComplete |= isLast;
            _count++;
            utterance = new Utterance(this, audio, selection ?? Selection, _count == 1 ? Id : $"{Id}.{_count}", trace);
            _firstTrace ??= trace;
            _pending.AddLast(utterance);
            _unfinished.Add(utterance);
        }

        Queue.Added(utterance);
        if (_interruption.IsCancellationRequested)
            EndPending();
        Wake();
        return utterance;
    }

    internal void Interrupt(InterruptionReason reason)
    {
        Interlocked.CompareExchange(ref _reason, (int)reason, 0);
        lock (_gate)
            _isComplete = true;
        _interruption.Cancel();
        EndPending();
        Wake();
        FinishIfOver();
    }

    internal Utterance? TakePending(SpeechSelection? selection, bool ending = false)
    {
        lock (_gate)
        {
            if (_pending.First is not { } first || (selection is not null && first.Value.Selection != selection))
                return null;
            _pending.RemoveFirst();
            if (!ending)
                Queue.Taken();
            return first.Value;
        }
    }

    // The next utterance that goes through the same chain; null when there is none by the time the loudspeaker needs
    // it.
    [SuppressMessage("Reliability", "CA2025", Justification = "Nobody disposes of the tasks.")]
    internal async ValueTask<Utterance?> TakeNextAsync(
        SpeechSelection selection, Func<TimeSpan> lead, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_pending.First is not null)
                    return TakePending(selection);
                if (_isComplete)
                    return null;
                changed = _changed.Task;
            }

            if (lead() is not { Ticks: > 0 } left)
                return null;
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (ITimer timer = Queue.Time.CreateTimer(
                static over => ((TaskCompletionSource)over!).TrySetResult(), over, left, Timeout.InfiniteTimeSpan))
            {
                _ = changed.SignalAsync(over);
                await over.Task.OrCancelledAsync(cancellation);
            }
        }
    }

    internal void Over(Utterance utterance)
    {
        lock (_gate)
            _unfinished.Remove(utterance);
        FinishIfOver();
    }

    private void EndPending()
    {
        while (TakePending(null, ending: true) is { } utterance)
            Queue.NeverBegun(utterance, Reason);
    }

    private void Wake()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
        Queue.Dispatch();
    }

    private void FinishIfOver()
    {
        lock (_gate)
        {
            if (!_isComplete || _unfinished.Count > 0)
                return;
        }

        if (_finished.TrySetResult())
            Queue.Over(this);
    }
}
