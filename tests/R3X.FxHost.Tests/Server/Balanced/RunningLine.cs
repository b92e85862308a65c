using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server.Balanced;

/// <summary>A line that is asked for, and what its caller hears and sees.</summary>
internal sealed class RunningLine
{
    /// <summary>The ways to ask for one.</summary>
    public static readonly string[] Fronts = ["OpenAI", "ElevenLabs", "ElevenLabs' WebSocket", "our WebSocket"];

    private const string Text = "Good evening, pilots.";

    private static int s_speakers;

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _heard = [];
    // Of somebody who never spoke before: levels are those of no other line.
    private readonly string _speaker = $"{Interlocked.Increment(ref s_speakers)}";

    private RunningLine(string front, Uri address)
    {
        Front = front;
        Ended = EndAsync(address);
    }

    /// <summary>How it was asked for.</summary>
    public string Front { get; }

    /// <summary>Its first sound came, or it ended.</summary>
    public Task Begun => Task.WhenAny(_begun.Task, Ended);

    /// <summary>It ended: null in good form, else with what its caller's client throws.</summary>
    public Task<Exception?> Ended { get; }

    /// <summary>The sound that came, as pcm_24000.</summary>
    public byte[] Heard => [.. _heard];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks for lines, in turn in all ways there are.</summary>
    /// <param name="address">Whom.</param>
    /// <param name="count">How many.</param>
    public static RunningLine[] Ask(Uri address, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RunningLine(Fronts[i % Fronts.Length], address))];

    private async Task<Exception?> EndAsync(Uri address)
    {
        try
        {
            await (Front switch
            {
                "OpenAI" => PostAsync(new Uri(address, "v1/audio/speech"), JsonContent.Create(
                    new { input = Text, voice = "alloy@excited", response_format = "pcm" })),
                "ElevenLabs" => PostAsync(new Uri(address, "v1/text-to-speech/alloy@excited/stream"
                    + "?output_format=pcm_24000"), JsonContent.Create(new { text = Text })),
                "our WebSocket" => ProcessAsync(address),
                _ => StreamAsync(address),
            });
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebSocketException)
        {
            return e;
        }
    }

    private async Task PostAsync(Uri address, HttpContent body)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        request.Headers.Add("Authorization", "Bearer key");
        request.Headers.Add("xi-api-key", "key");
        request.Headers.Add("X-R3X-Seed", "1");
        request.Headers.Add("X-R3X-Speaker", _speaker);
        using HttpResponseMessage answer = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, Stop);
        answer.EnsureSuccessStatusCode();
        await using Stream sound = await answer.Content.ReadAsStreamAsync(Stop);
        byte[] buffer = new byte[4_096];
        for (int read; (read = await sound.ReadAsync(buffer, Stop)) > 0;)
            Hear(buffer.AsSpan(0, read));
    }

    private async Task StreamAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("xi-api-key", "key");
        await socket.ConnectAsync(Socket(address,
            $"v1/text-to-speech/alloy@excited/stream-input?output_format=pcm_24000&r3x_seed=1&r3x_speaker={_speaker}"),
            Stop);
        foreach (string text in (string[])[" ", Text + " ", ""])
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { text }), WebSocketMessageType.Text, true,
                Stop);
        await foreach ((WebSocketMessageType _, byte[] message) in MessagesAsync(socket))
        {
            if (JsonNode.Parse(message)!["audio"]?.ToString() is { Length: > 0 } audio)
                Hear(Convert.FromBase64String(audio));
        }
    }

    // The bundled line's first second and a half, sent at the pace of speech.
    private async Task ProcessAsync(Uri address)
    {
        const int Second = 16_000;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(Socket(address,
            $"r3x/process?preset=excited&output_format=pcm_24000&seed=1&speaker={_speaker}"), Stop);
        Task sending = SendAsync(socket, Asking.Line[..(Second * 3 / 2)], Second / 10);
        await foreach ((WebSocketMessageType type, byte[] message) in MessagesAsync(socket))
        {
            if (type == WebSocketMessageType.Binary)
                Hear(message);
        }

        await sending;
    }

    private static async Task SendAsync(ClientWebSocket socket, byte[] line, int chunk)
    {
        foreach (byte[] piece in line.Chunk(chunk))
        {
            await socket.SendAsync(piece, WebSocketMessageType.Binary, true, Stop);
            await Task.Delay(100, Stop);
        }

        await socket.SendAsync("""{"type":"end"}"""u8.ToArray(), WebSocketMessageType.Text, true, Stop);
    }

    private static async IAsyncEnumerable<(WebSocketMessageType Type, byte[] Bytes)> MessagesAsync(
        ClientWebSocket socket)
    {
        byte[] buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, Stop);
            if (part.MessageType == WebSocketMessageType.Close)
                break;
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            yield return (part.MessageType, message.ToArray());
            message.SetLength(0);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
    }

    private static Uri Socket(Uri address, string path) =>
        new UriBuilder(new Uri(address, path)) { Scheme = Uri.UriSchemeWs }.Uri;

    private void Hear(ReadOnlySpan<byte> sound)
    {
        _heard.AddRange(sound);
        _begun.TrySetResult();
    }
}
