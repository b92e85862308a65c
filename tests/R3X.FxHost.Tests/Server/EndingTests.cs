using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>How a server ends.</summary>
public sealed class EndingTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task What_is_heard_is_heard_to_its_end_and_nothing_else_begins(int signal)
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        Task<List<(string Name, JsonNode Data)>> events = AllAsync(
            await server.Client.FollowAsync("r3x/events?only=mic,utterance"));
        Task<JsonNode> heard = server.Client.AskAsync("POST", "r3x/speak", Asking.Line);
        while ((string?)(await server.Client.AskAsync("GET", "r3x/queue"))["turn"] is null)
            await Task.Delay(10, Stop);
        JsonNode waiting = await server.Client.AskAsync("POST", "r3x/speak?wait=accepted", Asking.Line);
        server.Signal(signal);
        int status;
        do
        {
            using HttpResponseMessage late = await server.Client.PostAsync(
                "r3x/process", new ByteArrayContent(Asking.Line), Stop);
            status = (int)late.StatusCode;
        }
        while (status == 200);

        JsonNode end = await heard;
        List<(string Name, JsonNode Data)> told = await events;

        Assert.Equal(503, status);
        Assert.Equal("done", (string?)end["state"]);
        Assert.Equal(0, await server.EndAsync());
        Assert.Contains(told, one => (string?)one.Data["id"] == (string?)waiting["id"]
            && (string?)one.Data["state"] == "interrupted");
        Assert.Contains(told, one => (string?)one.Data["id"] == (string?)end["id"]
            && (string?)one.Data["state"] == "done");
        Assert.Equal(("mic", false), (told[^1].Name, (bool?)told[^1].Data["muted"]));
        Assert.Equal("", server.Errors);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        string id = (string)(await server.Client.AskAsync(
            "POST", "r3x/speak?wait=accepted", Asking.Line))["id"]!;
        await server.Client.StateAsync(id, "speaking");
        server.Signal(Terminate);
        int status;
        do
        {
            using HttpResponseMessage late = await server.Client.PostAsync(
                "r3x/process", new ByteArrayContent(Asking.Line), Stop);
            status = (int)late.StatusCode;
        }
        while (status == 200);
        JsonNode before = await server.Client.AskAsync("GET", "r3x/utterances/" + id);
        server.Signal(Terminate);

        Assert.Equal("speaking", (string?)before["state"]);
        Assert.Equal(1, await server.EndAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_exit_code_1_and_says_what_to_do()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => ServerProcess.StartAsync(
            "--port", server.Address.Port.ToString(CultureInfo.InvariantCulture)));

        Assert.Contains("already in use", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--port", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<List<(string Name, JsonNode Data)>> AllAsync(
        IAsyncEnumerable<(string Name, JsonNode Data)> events)
    {
        List<(string Name, JsonNode Data)> all = [];
        await foreach ((string, JsonNode) one in events)
            all.Add(one);
        return all;
    }
}
