using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Own;

/// <summary>
/// The lines that are known by name: all that wait or are heard, whoever asked for them, and those that ended within
/// the last minutes. Any thread.
/// </summary>
internal sealed class SpokenLines : IDisposable
{
    private const int MostEnded = 256;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SpokenLine> _lines = [];
    private readonly Queue<(SpokenLine Line, long At)> _ended = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Follows a host's queue from now on.</summary>
    public SpokenLines(FxHost host) => _ = FollowAsync(host.Queue.Events(_stop.Token));

    /// <summary>Those that have not ended.</summary>
    public IReadOnlyList<SpokenLine> Unfinished
    {
        get
        {
            lock (_gate)
                return [.. _lines.Values.Where(static line => line.Utterance is not null)];
        }
    }

    /// <summary>A line by its name; null where there is none.</summary>
    public SpokenLine? Find(string id)
    {
        lock (_gate)
        {
            Forget();
            return _lines.GetValueOrDefault(id);
        }
    }

    /// <summary>Knows a line from now on.</summary>
    public SpokenLine Add(Utterance utterance)
    {
        SpokenLine? line;
        lock (_gate)
        {
            if (_lines.TryGetValue(utterance.Id, out line))
                return line;
            _lines[utterance.Id] = line = new SpokenLine(utterance);
        }

        _ = EndAsync(line, utterance.Finished);
        return line;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task FollowAsync(IAsyncEnumerable<SpeechEvent> events)
    {
        try
        {
            await foreach (SpeechEvent news in events)
                Add(news.Utterance).Tell(news);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task EndAsync(SpokenLine line, Task<UtteranceEnd> finished)
    {
        line.End(await finished);
        lock (_gate)
        {
            _ended.Enqueue((line, _time.GetTimestamp()));
            Forget();
        }
    }

    private void Forget()
    {
        while (_ended.TryPeek(out var oldest)
            && (_ended.Count > MostEnded || _time.GetElapsedTime(oldest.At) > Remembered))
            _lines.Remove(_ended.Dequeue().Line.Latest.Id);
    }
}
