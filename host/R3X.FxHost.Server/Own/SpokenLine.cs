using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Own;

/// <summary>A line that is known by its name. Once it has ended, only how is kept. Any thread.</summary>
internal sealed class SpokenLine
{
    private readonly Lock _gate = new();
    private readonly List<UtteranceStatus> _told = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Utterance? _utterance;
    private UtteranceState _state;
    private PlaybackMoment? _moment;

    /// <summary>Knows a line from now on.</summary>
    public SpokenLine(Utterance utterance)
    {
        _utterance = utterance;
        _told.Add(UtteranceStatus.Of(utterance, UtteranceState.Queued, null));
    }

    /// <summary>The line; null once it has ended.</summary>
    public Utterance? Utterance => Volatile.Read(ref _utterance);

    /// <summary>Done when it has ended, and <see cref="Latest"/> says how. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How far it is now.</summary>
    public UtteranceStatus Latest
    {
        get
        {
            lock (_gate)
                return _utterance is null ? _told[^1] : UtteranceStatus.Of(_utterance, _state, _moment);
        }
    }

    /// <summary>It has come to another state. Of its end, <see cref="End"/> tells.</summary>
    public void Tell(SpeechEvent news)
    {
        lock (_gate)
        {
            if (_utterance is null || news.State <= _state || news.State >= UtteranceState.Done)
                return;
            (_state, _moment) = (news.State, news.Moment);
            Add(UtteranceStatus.Of(_utterance, _state, _moment));
        }
    }

    /// <summary>It has ended.</summary>
    public void End(UtteranceEnd end)
    {
        lock (_gate)
        {
            UtteranceStatus last = UtteranceStatus.Of(_utterance!, end);
            _utterance = null;
            Add(last);
        }

        _ended.TrySetResult();
    }

    /// <summary>Every state it comes to, and the latest again and again, until its end.</summary>
    /// <param name="every">How often the latest is repeated.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<UtteranceStatus> FollowAsync(
        TimeSpan every, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int told = 0; ;)
        {
            UtteranceStatus? next = null;
            bool isLast;
            Task changed;
            lock (_gate)
            {
                if (told < _told.Count)
                    next = _told[told++];
                isLast = _utterance is null && told == _told.Count;
                changed = _changed.Task;
            }

            if (next is not null)
            {
                yield return next;
                if (isLast)
                    yield break;
                continue;
            }

            try
            {
                await changed.WaitAsync(every, cancellation);
                continue;
            }
            catch (TimeoutException)
            {
            }

            if (Utterance is not null)
                yield return Latest;
        }
    }

    private void Add(UtteranceStatus status)
    {
        _told.Add(status);
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
