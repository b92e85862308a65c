using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace R3X.FxHost.StandIn;

/// <summary>
/// One WebSocket of ElevenLabs'. Text gathers in its context until it is flushed, the context ends, or enough has come;
/// then it is spoken and sent, a message a piece, with times from that piece's start.
/// </summary>
/// <param name="context">The request it came from.</param>
/// <param name="socket">The socket.</param>
/// <param name="how">What was asked for.</param>
/// <param name="voice">The voice in the path; null for a dialogue, whose texts name theirs.</param>
/// <param name="isMulti">Whether it carries several contexts.</param>
internal sealed class SpeechSocket(
    HttpContext context, WebSocket socket, Behaviour how, string? voice, bool isMulti) : IDisposable
{
    // The service's default chunk_length_schedule begins with it.
    private const int EnoughCharacters = 120;

    private readonly ReceivedRequest _request = context.Received();
    private readonly Dictionary<string, SpeechContext> _contexts = [];
    private readonly List<SpeechContext> _ended = [];
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _gone
        = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    private bool _knowsClient;
    private bool _isBroken;

    private bool IsDialogue => voice is null;

    private string Format => how.WrongFormat ?? Query("output_format") ?? "mp3_44100_128";

    public void Dispose()
    {
        _sending.Dispose();
        _gone.Dispose();
    }

    /// <summary>Serves it to its end.</summary>
    /// <exception cref="BrokenOffException">The connection was broken off, as was asked for.</exception>
    public async Task RunAsync()
    {
        _knowsClient = ElevenLabsHttp.Knows(context.Request.Headers["xi-api-key"].FirstOrDefault()
            ?? context.Request.Headers.Authorization.FirstOrDefault() ?? Query("authorization")
            ?? Query("single_use_token"));
        if (how.Status is not null)
            await RefuseAsync("Something broke upstream.", "internal_error", how.CloseCode);
        else if (!Sound.Formats.Contains(Format))
            await RefuseAsync("Not a valid format.", "invalid_output_format", 1_008);
        else if (voice is not null && !Voices.All.ContainsKey(voice))
            await RefuseAsync($"A voice with voice_id {voice} does not exist.", "voice_id_does_not_exist", 1_008);
        bool stays = true;
        while (stays && await ReadAsync() is { } text)
        {
            _request.Add(text);
            stays = await ActAsync(JsonNode.Parse(text)!);
        }

        _request.CloseCode = (int?)socket.CloseStatus;
        SpeechContext[] all = [.. _contexts.Values, .. _ended];
        _request.LeftEarly = stays && all.Any(c => !c.Work.IsCompleted || c.Waiting.Count > 0);
        await _gone.CancelAsync();
        await Task.WhenAll(all.Select(c => c.Work));
        if (socket.State == WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, null, default);
        if (_isBroken)
            throw new BrokenOffException();
    }

    private string? Query(string name) => context.Request.Query[name].FirstOrDefault();

    /// <summary>Acts on a message.</summary>
    /// <returns>Whether more are read.</returns>
    private async Task<bool> ActAsync(JsonNode message)
    {
        string id = (string?)(message["context_id"] ?? message["contextId"]) ?? "default";
        _knowsClient |= ElevenLabsHttp.Knows((string?)(message["xi_api_key"] ?? message["xi-api-key"]
            ?? message["authorization"] ?? message["single_use_token"]));
        if (!_knowsClient)
            return await RefuseAsync("There is no xi-api-key.", "authentication_required", 1_008);
        bool isKnown = _contexts.TryGetValue(id, out SpeechContext? speech);
        if (isKnown && message["voice_settings"] is not null)
        {
            return await RefuseAsync(
                "voice_settings field was provided in a message other than the first.", "invalid_message", 1_008);
        }

        bool closesSocket = (bool?)message["close_socket"] == true
            || (!IsDialogue && !isMulti && (string?)message["text"] is "");
        bool closesContext = (bool?)message["close_context"] == true;
        if (!isKnown && !closesSocket && !closesContext)
        {
            if (IsDialogue && message["voices"] is not JsonArray { Count: > 0 })
                return await RefuseAsync("voices is required in the first message.", "invalid_message", 1_008);
            _contexts[id] = speech = new SpeechContext(id, new Delivery(how, _request, _gone.Token));
        }

        if (speech is not null && !await GatherAsync(message, speech.Waiting))
            return false;
        bool flushes = (bool?)message["flush"] == true;
        if (speech is not null && (flushes || closesContext || Query("auto_mode") == "true"
            || speech.Waiting.Sum(p => p.Text.Length) >= EnoughCharacters))
        {
            Speak(speech);
            if (flushes && how.OtherNames)
                Send(speech, new JsonObject { ["type"] = "flush_done" });
            if (flushes && IsDialogue)
                Send(speech, new JsonObject { ["is_final_audio_for_turn"] = true });
        }

        if (closesContext && speech is not null)
        {
            _contexts.Remove(id);
            _ended.Add(speech);
            Send(speech, Final());
        }

        if (!closesSocket)
            return true;
        foreach (SpeechContext open in _contexts.Values)
        {
            Speak(open);
            Send(open, Final());
        }

        await Task.WhenAll(_contexts.Values.Concat(_ended).Select(c => c.Work));
        if (!_gone.IsCancellationRequested)
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
        return false;
    }

    private async Task<bool> GatherAsync(JsonNode message, List<Part> waiting)
    {
        IEnumerable<Part> parts = IsDialogue
            ? (message["inputs"] as JsonArray ?? []).Select(i => new Part((string)i!["voice_id"]!, (string)i["text"]!))
            : [new Part(voice!, (string?)message["text"] ?? "")];
        foreach (Part part in parts)
        {
            if (!Voices.All.ContainsKey(part.Voice))
                return await RefuseAsync($"The voice {part.Voice} does not exist.", "voice_id_does_not_exist", 1_008);
            if (waiting.Count > 0 && waiting[^1].Voice == part.Voice)
                waiting[^1] = part with { Text = waiting[^1].Text + part.Text };
            else
                waiting.Add(part);
        }

        return true;
    }

    private void Speak(SpeechContext speech)
    {
        Part[] parts =
        [
            .. speech.Waiting.Select(p => p with { Text = p.Text.TrimStart() }).Where(p => p.Text.Length > 0),
        ];
        speech.Waiting.Clear();
        if (parts.Length == 0)
            return;
        Follow(speech, async () =>
        {
            Take take = await Take.OfAsync(parts);
            byte[] audio = await Sound.InAsync(take, Format);
            if (how.Garbage)
                audio = Answer.Garbage(audio.Length);
            foreach (AlignedAudio piece in AlignedAudio.Cut(take, audio, how.ChunkBytes))
            {
                await speech.Delivery.WriteAsync(
                    piece.Audio, piece.Length, bytes => SendAsync(Named(speech, Spoken(piece, bytes))));
            }
        });
    }

    private void Send(SpeechContext speech, JsonObject message)
        => Follow(speech, () => SendAsync(Named(speech, message)));

    /// <summary>Does something once what was begun for the context is done; other contexts go on meanwhile.</summary>
    private void Follow(SpeechContext speech, Func<Task> work)
    {
        speech.Work = AfterAsync(speech.Work);

        async Task AfterAsync(Task before)
        {
            await before;
            try
            {
                if (!_gone.IsCancellationRequested)
                    await work();
            }
            catch (BrokenOffException)
            {
                _isBroken = true;
                await _gone.CancelAsync();
                context.Abort();
            }
            catch (Exception e) when (e is OperationCanceledException or WebSocketException)
            {
                // The client went away; whoever reads from it notices.
            }
        }
    }

    private JsonObject Spoken(AlignedAudio piece, ReadOnlyMemory<byte> bytes)
    {
        JsonObject? alignment = piece.Characters.Count == 0 ? null : new JsonObject
        {
            ["chars"] = new JsonArray([.. piece.Characters.Select(c => JsonValue.Create(c))]),
            [IsDialogue ? "char_start_times_ms" : "charStartTimesMs"] = new JsonArray(
                [.. piece.Starts.Select(s => JsonValue.Create(Math.Round((s - piece.Start) * 1_000)))]),
            [IsDialogue ? "char_durations_ms" : "charDurationsMs"] = new JsonArray(
                [.. piece.Starts.Zip(piece.Ends, (s, e) => JsonValue.Create(Math.Round((e - s) * 1_000)))]),
        };
        var message = new JsonObject
        {
            ["audio"] = Convert.ToBase64String(bytes.Span),
            ["alignment"] = alignment,
            [IsDialogue ? "normalized_alignment" : "normalizedAlignment"] = alignment?.DeepClone(),
            ["other_field"] = 7,
        };
        if (!IsDialogue)
            message[how.OtherNames ? "is_final" : "isFinal"] = null;
        return message;
    }

    private JsonObject Final()
    {
        var message = new JsonObject { [IsDialogue || how.OtherNames ? "is_final" : "isFinal"] = true };
        if (!IsDialogue)
            message["audio"] = null;
        return message;
    }

    private JsonObject Named(SpeechContext speech, JsonObject message)
    {
        if (isMulti)
            message[IsDialogue || how.OtherNames ? "context_id" : "contextId"] = speech.Id;
        return message;
    }

    private async Task<bool> RefuseAsync(string message, string error, int code)
    {
        await SendAsync(new JsonObject { ["message"] = message, ["error"] = error, ["code"] = code });
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, message, context.RequestAborted);
        return false;
    }

    private async Task SendAsync(JsonObject message)
    {
        await _sending.WaitAsync(_gone.Token);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text,
                endOfMessage: true, context.RequestAborted);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when the client closed.</summary>
    private async Task<string?> ReadAsync()
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[4_096];
        while (true)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(buffer, context.RequestAborted);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
        }
    }
}
