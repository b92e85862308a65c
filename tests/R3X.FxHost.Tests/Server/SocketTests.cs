using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>Lines through the WebSocket.</summary>
public sealed class SocketTests(QuietServer server, SpokenLines lines) : IClassFixture<QuietServer>,
    IClassFixture<SpokenLines>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_comes_back_with_its_levels()
    {
        using ClientWebSocket socket = await OpenAsync("preset=radio&levels=true&output_format=pcm_24000");
        for (int at = 0; at < Asking.Line.Length; at += 777)
            await SendAsync(socket, Asking.Line[at..Math.Min(Asking.Line.Length, at + 777)]);
        await SendAsync(socket, """{"type":"end"}""");

        (byte[] sound, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.Equal(["start", "level", "done"], words.Select(static word => (string)word["type"]!).Distinct());
        Assert.Equal((24_000, 1, "radio"),
            ((int)words[0]["sample_rate"]!, (int)words[0]["channels"]!, (string)words[0]["preset"]!));
        JsonNode[] levels = [.. words.Where(static word => (string?)word["type"] == "level")];
        // One for every 20 ms, and the silence behind it.
        Assert.InRange(levels.Length, sound.Length / 960, (sound.Length / 960) + 2);
        Assert.True((bool)levels[0]["begins"]!);
        Assert.True((bool)levels[^1]["ends"]!);
        Assert.Contains(levels, static level => (double?)level["rms_db"] > -30);
        Assert.Equal("radio", (string?)words[^1]["report"]!["preset"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Flush_brings_out_what_the_chain_holds_back()
    {
        using ClientWebSocket socket = await OpenAsync("input_format=pcm_24000&output_format=pcm_24000");
        byte[] word = lines.Raw[..24_000];
        await SendAsync(socket, word);
        await SendAsync(socket, """{"type":"flush"}""");

        int received = 0;
        while (received < word.Length)
            received += (await NextAsync(socket)).Sound?.Length ?? 0;
        await SendAsync(socket, """{"type":"end"}""");
        (_, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.Equal("done", (string?)words[^1]["type"]);
    }

    [Theory]
    [InlineData("""{"type":"stop"}""", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("no JSON", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("[1]", WebSocketCloseStatus.PolicyViolation)]
    public async Task A_word_that_is_not_known_ends_the_line_and_says_so(string word, WebSocketCloseStatus status)
    {
        using ClientWebSocket socket = await OpenAsync("");
        await SendAsync(socket, word);

        (_, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.Contains("flush", (string)words[^1]["message"]!, StringComparison.Ordinal);
        Assert.Equal(status, socket.CloseStatus);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused()
    {
        using ClientWebSocket socket = await OpenAsync("input_format=pcm_24000");
        await SendAsync(socket, new byte[(1 << 20) + 2]);

        (byte[] sound, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.True(sound.Length > 1_000_000, "What had come was not answered.");
        Assert.Equal("error", (string?)words[^1]["type"]);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact]
    public async Task What_holds_no_sound_is_said()
    {
        using ClientWebSocket socket = await OpenAsync("");
        await SendAsync(socket, "<html>busy</html>"u8.ToArray());
        await SendAsync(socket, """{"type":"end"}""");

        (_, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.Contains("text, not audio", (string)words[^1]["message"]!, StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, socket.CloseStatus);
    }

    [Fact]
    public async Task A_caller_who_says_nothing_is_not_waited_for()
    {
        await using ServerProcess impatient = await ServerProcess.StartAsync("--limit", "idle=1 s");
        using ClientWebSocket socket = await OpenAsync("input_format=pcm_24000", impatient.Address);
        await SendAsync(socket, lines.Raw[..9_600]);

        (byte[] sound, List<JsonNode> words) = await ReceiveAsync(socket);

        Assert.True(sound.Length > 9_600);
        Assert.Contains("Nothing came for 1 s", (string)words[^1]["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_that_it_is_a_WebSocket()
    {
        JsonNode answer = await server.Process.Client.AskAsync("GET", "r3x/process", status: 426);

        Assert.Contains("WebSocket", (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    private async Task<ClientWebSocket> OpenAsync(string query, Uri? address = null)
    {
        var socket = new ClientWebSocket();
        Uri http = address ?? server.Process.Address;
        await socket.ConnectAsync(new Uri($"ws://{http.Authority}/r3x/process?{query}"), Stop);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] sound) =>
        socket.SendAsync(sound, WebSocketMessageType.Binary, true, Stop);

    private static Task SendAsync(ClientWebSocket socket, string word) =>
        socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, true, Stop);

    private static async Task<(byte[]? Sound, JsonNode? Word)> NextAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[32 * 1024];
        var message = new MemoryStream();
        WebSocketReceiveResult got;
        do
        {
            got = await socket.ReceiveAsync(buffer, Stop);
            message.Write(buffer, 0, got.Count);
        }
        while (!got.EndOfMessage);
        return got.MessageType switch
        {
            WebSocketMessageType.Binary => (message.ToArray(), null),
            WebSocketMessageType.Text => (null, JsonNode.Parse(message.ToArray())),
            _ => (null, null),
        };
    }

    private static async Task<(byte[] Sound, List<JsonNode> Words)> ReceiveAsync(ClientWebSocket socket)
    {
        var sound = new MemoryStream();
        List<JsonNode> words = [];
        while (await NextAsync(socket) is var (piece, word) && (piece is not null || word is not null))
        {
            sound.Write(piece ?? []);
            if (word is not null)
                words.Add(word);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        return (sound.ToArray(), words);
    }
}
