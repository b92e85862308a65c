using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>What a caller asks to have spoken, while its text may still be coming.</summary>
/// <param name="services">What lines need.</param>
/// <param name="data">The data of <c>synthesize</c> or <c>synthesize-start</c>, whose text is not looked at.</param>
internal sealed class LineRequest(WyomingServices services, JsonObject data)
{
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();
    private volatile string _text = "";
    private volatile bool _isComplete;
    private volatile WyomingEvent? _refusal;

    /// <summary>Whether all of its text has come, or no more of it is wanted.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>Why it is not spoken to its end, as an <c>error</c>; null where it is.</summary>
    public WyomingEvent? Refusal => _refusal;

    /// <summary>The voice as the speech service knows it; empty for the one it takes by itself, null where none was
    /// asked for.</summary>
    public string? PlainVoice => Voice is { } voice ? services.Selections.PlainVoice(voice) : null;

    private string? Voice => WyomingEvent.TextOf((data["voice"] as JsonObject)?["name"]);

    /// <summary>Adds text. One thread at a time.</summary>
    public void Add(string text)
    {
        if (_isComplete || text.Length == 0)
            return;
        int most = services.Settings.Limits.Text;
        if (_text.Length + text.Length > most)
        {
            Refuse(WyomingEvent.Error($"The text has more than {most} characters. Send less, or raise limits: text "
                + "under serve: in host.yaml.", "text-too-long"));
            return;
        }

        _text += text;
        _pieces.Writer.TryWrite(text);
    }

    /// <summary>No more text comes.</summary>
    public void Complete()
    {
        _isComplete = true;
        _pieces.Writer.TryComplete();
    }

    /// <summary>It is not spoken to its end.</summary>
    public void Refuse(WyomingEvent why)
    {
        _refusal = why;
        Complete();
    }

    /// <summary>Which sound the line is to have, as far as its text has come.</summary>
    public SpeechSelection Selection()
    {
        // The field r3x, beside the text or in its context, and the voice's speaker.
        Dictionary<string, string> said = Selections.Said(data["context"] as JsonObject);
        foreach ((string name, string value) in Selections.Said(data))
            said[name] = value;
        if (WyomingEvent.TextOf((data["voice"] as JsonObject)?["speaker"]) is { } speaker)
            said.TryAdd("speaker", speaker);
        return services.Selections.Of(said, Voice, _text);
    }

    /// <summary>
    /// Sends the text to the speech service as it comes; to one that does not take it in pieces, all of it at the end.
    /// Never fails: what becomes of the service shows in what it answers. What is refused hangs up.
    /// </summary>
    /// <param name="upstream">The service.</param>
    /// <param name="streams">Whether it takes text in pieces.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task SendAsync(WyomingStream upstream, bool streams, CancellationToken cancellation)
    {
        try
        {
            JsonObject forwarded = Forwarded();
            if (streams)
                await upstream.WriteAsync(new WyomingEvent("synthesize-start", forwarded), cancellation);
            await foreach (string text in _pieces.Reader.ReadAllAsync(cancellation))
            {
                var piece = new JsonObject { ["text"] = text };
                if (streams)
                    await upstream.WriteAsync(new WyomingEvent("synthesize-chunk", piece), cancellation);
            }

            if (_refusal is not null)
            {
                await upstream.DisposeAsync();
                return;
            }

            forwarded["text"] = _text;
            await upstream.WriteAsync(
                streams ? new WyomingEvent("synthesize-stop") : new WyomingEvent("synthesize", forwarded),
                cancellation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // See above.
        }
    }

    // The request as the service knows it: its own voices, without what is meant for this server.
    private JsonObject Forwarded()
    {
        var forwarded = (JsonObject)data.DeepClone();
        forwarded.Remove("text");
        forwarded.Remove(Selections.Field);
        (forwarded["context"] as JsonObject)?.Remove(Selections.Field);
        if (forwarded["voice"] is not JsonObject voice || PlainVoice is not { } plain)
            return forwarded;
        voice["name"] = plain;
        if (plain.Length == 0)
            voice.Remove("name");
        if (voice.Count == 0)
            forwarded.Remove("voice");
        return forwarded;
    }
}
