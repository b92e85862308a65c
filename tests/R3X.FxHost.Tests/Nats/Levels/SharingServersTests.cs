using System;
using System.Globalization;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Nats.Levels;

/// <summary>Servers that share speaker levels, as processes.</summary>
public sealed class SharingServersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_measured_the_other_starts_with_and_one_that_shares_nothing_has_nothing_of_it_in_memory()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using ServerProcess one = await ServerProcess.StartAsync("--nats", nats.Address);
        await using ServerProcess other = await ServerProcess.StartAsync("--nats", nats.Address);
        await using ServerProcess alone = await ServerProcess.StartAsync();
        // Nothing was heard of anybody: no gain but that of the usual voice.
        StartingGains unknown = await ProcessAsync(other, "rex", new byte[4_800]);
        byte[] quiet = (await R3xProcess.RunAsync(null, Asking.Line, 0, "render", "-", "-o", "-",
            "--output-format", "pcm_24000", "--preset", "neutral", "--amount", "0%", "--level", "off")).Output;
        for (int i = 0; i < quiet.Length; i += 2)
            BitConverter.TryWriteBytes(quiet.AsSpan(i), (short)(BitConverter.ToInt16(quiet, i) / 8));

        await ProcessAsync(one, "rex", quiet);
        StartingGains known;
        do
        {
            // Silence teaches nothing: what it starts with is what the first one measured.
            known = await ProcessAsync(other, "rex", new byte[4_800]);
        }
        while (known.ReferenceDb == unknown.ReferenceDb);

        Assert.Equal((await ProcessAsync(one, "rex", new byte[4_800])).ReferenceDb, known.ReferenceDb, 0.02);
        Assert.InRange(known.ReferenceDb, unknown.ReferenceDb + 6, 40);
        Assert.Equal("", one.Errors + other.Errors);
        Assert.Contains("NATS.Client", await MapsAsync(one), StringComparison.Ordinal);
        Assert.DoesNotContain("NATS", await MapsAsync(alone), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_of_which_NATS_is_away_speaks_and_says_so_once()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await nats.KillAsync();
        string address = nats.Address.Replace("://", "://me:secret@", StringComparison.Ordinal);
        await using ServerProcess server = await ServerProcess.StartAsync("--nats", address);
        while (server.Errors.Length == 0)
            await Task.Delay(20, Stop);
        Assert.NotEmpty((await server.Client.AskAsync("GET", "r3x/presets")).AsObject());
        await ProcessAsync(server, "rex", new byte[4_800]);

        Assert.Contains(nats.Address, server.Errors, StringComparison.Ordinal);
        Assert.Contains("Lines go on", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", server.Errors, StringComparison.Ordinal);
        Assert.Single(server.Errors.Split('\n'));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_and_an_example_given()
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(
            () => ServerProcess.StartAsync("--nats", "10.0.0.5"));

        Assert.Contains("nats://127.0.0.1:4222", refused.Message, StringComparison.Ordinal);
    }

    // A live line, of which the report says with which gain it began.
    private static async Task<StartingGains> ProcessAsync(ServerProcess server, string speaker, byte[] line)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/r3x/process?preset=excited"
            + $"&input_format=pcm_24000&output_format=pcm_24000&seed=1&speaker={speaker}"), Stop);
        for (int at = 0; at < line.Length; at += 48_000)
        {
            await socket.SendAsync(line.AsMemory(at..Math.Min(line.Length, at + 48_000)), WebSocketMessageType.Binary,
                true, Stop);
        }

        await socket.SendAsync("""{"type":"end"}"""u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        byte[] buffer = new byte[64 * 1024];
        JsonNode? last = null;
        using var message = new MemoryStream();
        while (await socket.ReceiveAsync(buffer, Stop) is { MessageType: not WebSocketMessageType.Close } part)
        {
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            if (part.MessageType == WebSocketMessageType.Text)
                last = JsonNode.Parse(message.ToArray());
            message.SetLength(0);
        }

        return StartingGains.Parse(last!["report"]!["starting_gains"]!.ToString());
    }

    private static Task<string> MapsAsync(ServerProcess server) => File.ReadAllTextAsync(
        string.Create(CultureInfo.InvariantCulture, $"/proc/{server.Id}/maps"), Stop);
}
