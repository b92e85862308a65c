using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>A request, or a whole WebSocket or Wyoming connection, as it came in. Any thread.</summary>
/// <param name="method">GET, POST, ..., or <c>wyoming</c>.</param>
/// <param name="path">The path, or the type of the event.</param>
public sealed class ReceivedRequest(string method, string path)
{
    private readonly Lock _gate = new();
    private readonly List<string> _messages = [];
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sent;

    public string Method { get; } = method;

    public string Path { get; } = path;

    /// <summary>The query's fields; of one that comes twice, both with a comma.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>By names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body as text.</summary>
    public string Body { get; internal set; } = "";

    /// <summary>The WebSocket's text messages or Wyoming's events, so far.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    /// <summary>Bytes of the answer that were written, so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Whether the client went away before its answer was complete; false when it was, or when this side
    /// broke off.</summary>
    public Task<bool> Cancelled => _ended.Task;

    /// <summary>When it came, and when it ended, counted from the start of the program.</summary>
    public TimeSpan Came { get; } = Upstream.Clock.Elapsed;

    public TimeSpan? Ended { get; private set; }

    /// <summary>The code with which the client closed its WebSocket.</summary>
    public int? CloseCode { get; internal set; }

    /// <summary>The client closed in good form, but before its answer was complete.</summary>
    internal bool LeftEarly { get; set; }

    internal void Add(string message)
    {
        lock (_gate)
            _messages.Add(message);
    }

    internal void Wrote(int bytes) => Interlocked.Add(ref _sent, bytes);

    internal void End(bool cancelled)
    {
        Ended ??= Upstream.Clock.Elapsed;
        _ended.TrySetResult(cancelled);
    }

    /// <summary>What <c>GET /stand-in/requests</c> tells of it.</summary>
    internal object Told() => new
    {
        method = Method,
        path = Path,
        query = Query,
        headers = Headers,
        body = Body,
        messages = Messages,
        sent = Sent,
        came_ms = Came.TotalMilliseconds,
        ended_ms = Ended?.TotalMilliseconds,
        cancelled = Cancelled.IsCompleted ? Cancelled.Result : (bool?)null,
        close_code = CloseCode,
    };
}
