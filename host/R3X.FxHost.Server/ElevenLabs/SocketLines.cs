using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>The contexts of a WebSocket, each with a sound of its own. Selections come from one thread, lines are used
/// by another.</summary>
/// <param name="request">The request that opened the socket.</param>
/// <param name="processed">Runs lines through their chains.</param>
/// <param name="selections">Which sound.</param>
/// <param name="voice">The voice in the path; null for a dialogue.</param>
internal sealed class SocketLines(
    HttpRequest request, ProcessedAnswer processed, Selections selections, string? voice) : IAsyncDisposable
{
    private const int MostContexts = 64;

    private readonly Lock _gate = new();
    // An id may be used again before its last line has ended, so these stay; the oldest make room.
    private readonly OrderedDictionary<string, SpeechSelection> _selections = [];
    private readonly Dictionary<string, SocketLine> _lines = [];

    /// <summary>The format of what comes and goes; null where the host does not know it.</summary>
    public SpeechFormat? Format { get; } = SpeechFormat.Find(request.Query["output_format"]);

    /// <summary>The contexts that have begun to sound and not ended.</summary>
    public IReadOnlyList<string> Open => [.. _lines.Keys];

    /// <summary>Notes which sound a context asks for. Its field <c>r3x</c> is taken out.</summary>
    /// <param name="id">The context's id.</param>
    /// <param name="message">A message of the caller's.</param>
    public void Choose(string id, JsonObject message)
    {
        bool asks = message[Selections.Field] is not null;
        string? named = voice ?? Dialogue.FirstVoice(message);
        SpeechSelection selection = selections.Of(request, named, message);
        lock (_gate)
        {
            if (!_selections.ContainsKey(id) && _selections.Count >= MostContexts)
                _selections.RemoveAt(0);
            if (asks || !_selections.ContainsKey(id) || (voice is null && message["voices"] is not null))
                _selections[id] = selection;
        }
    }

    /// <summary>The line of a context, which begins with the first sound.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public SocketLine Of(string id, CancellationToken cancellation)
    {
        if (_lines.TryGetValue(id, out SocketLine? line))
            return line;
        if (_lines.Count >= MostContexts)
            throw new InvalidOperationException($"More than {MostContexts} contexts are open.");
        SpeechSelection? selection;
        lock (_gate)
            _selections.TryGetValue(id, out selection);
        return _lines[id] = new SocketLine(
            processed, Format!, selection ?? selections.Of(request, voice), cancellation);
    }

    /// <summary>The line of a context that has begun to sound; null where it has not.</summary>
    public SocketLine? Find(string id) => _lines.GetValueOrDefault(id);

    /// <summary>Ends a context's line; another may follow under its id.</summary>
    /// <returns>The rest of it.</returns>
    public async Task<byte[]> EndAsync(string id)
    {
        if (!_lines.Remove(id, out SocketLine? line))
            return [];
        await using (line)
            return await line.EndAsync();
    }

    /// <summary>A message of the service's form that carries sound and no times.</summary>
    public JsonObject Sound(string id, byte[] sound)
    {
        var message = new JsonObject { ["audio"] = Convert.ToBase64String(sound), ["alignment"] = null };
        message[voice is null ? "normalized_alignment" : "normalizedAlignment"] = null;
        if (voice is not null)
            message["isFinal"] = null;
        ContextNames.Name(message, id);
        return message;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (SocketLine line in _lines.Values.ToArray())
            await line.DisposeAsync();
        _lines.Clear();
    }
}
