using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>Lines on the server's loudspeaker.</summary>
public sealed class SpeakTests(QuietServer server) : IClassFixture<QuietServer>
{
    private HttpClient Client => server.Process.Client;

    [Fact]
    public async Task A_line_is_heard_to_its_end()
    {
        JsonNode end = await Client.AskAsync("POST", "r3x/speak?preset=radio", Asking.Line);

        Assert.Equal("done", (string?)end["state"]);
        Assert.Equal("radio", (string?)end["preset"]);
        Assert.True((double)end["heard_ms"]! >= (double)end["duration_ms"]! - 1);
    }

    [Fact]
    public async Task A_caller_is_told_of_its_line_before_the_body_has_come()
    {
        using RawConnection connection = await RawConnection.OpenAsync(server.Process.Address);
        using var answer = new StreamReader(connection.Stream);
        await connection.PostAsync("/r3x/speak?tag=slow");
        JsonNode queued = await NextAsync(answer);
        string id = (string)queued["id"]!;
        await connection.SendChunksAsync(Asking.Line.AsMemory(0, Asking.Line.Length / 2));
        await Client.StateAsync(id, "speaking");
        await connection.SendChunksAsync(Asking.Line.AsMemory(Asking.Line.Length / 2));
        await connection.EndBodyAsync();
        List<JsonNode> told = [queued];
        while ((string?)told[^1]["state"] is not ("done" or "failed" or "interrupted"))
            told.Add(await NextAsync(answer));

        Assert.Equal("slow", (string?)queued["tag"]);
        Assert.Equal(["queued", "buffering", "speaking", "done"],
            told.Select(static status => (string)status["state"]!).Distinct().Where(static s => s != "draining"));
        // The last is the difference of two moments, each of them exact to a tick.
        const double Microsecond = 0.001;
        Assert.All(told.Zip(told.Skip(1)), static two =>
            Assert.True(Position(two.Second) >= Position(two.First) - Microsecond));
        Assert.True(told.Count > 10, "The latest state was not repeated.");
    }

    [Fact]
    public async Task What_had_arrived_is_heard_when_the_caller_goes_away()
    {
        string id;
        using (RawConnection connection = await RawConnection.OpenAsync(server.Process.Address))
        {
            using var answer = new StreamReader(connection.Stream);
            await connection.PostAsync("/r3x/speak");
            id = (string)(await NextAsync(answer))["id"]!;
            await connection.SendChunksAsync(Asking.Line.AsMemory(0, 24_000));
            await Client.StateAsync(id, "speaking");
        }

        JsonNode end = await Client.StateAsync(id, "done", "failed");

        Assert.Contains("had arrived", (string)end["failure"]!, StringComparison.Ordinal);
        // 24,000 of the MP3's 64,000 bit/s are 1.5 s or more, and what the connection still held may be lost.
        Assert.True((double)end["heard_ms"]! > 500, $"Heard were {end["heard_ms"]} ms.");
    }

    [Fact]
    public async Task A_caller_who_goes_away_before_its_first_sound_interrupts_the_line_where_it_asked_for_that()
    {
        // Its upload fails and its answer is cancelled, in any order.
        for (int time = 0; time < 20; time++)
        {
            string id;
            using (RawConnection connection = await RawConnection.OpenAsync(server.Process.Address))
            {
                using var answer = new StreamReader(connection.Stream);
                await connection.PostAsync("/r3x/speak?disconnect=interrupt");
                id = (string)(await NextAsync(answer))["id"]!;
            }

            JsonNode end = await Client.StateAsync(id, "done", "failed", "interrupted");

            Assert.Equal("interrupted", (string?)end["state"]);
        }
    }

    [Fact]
    public async Task A_line_that_is_interrupted_says_so_and_is_no_error()
    {
        Task<JsonNode> line = Client.AskAsync("POST", "r3x/speak?tag=long", Asking.Line);
        while ((string?)(await Client.AskAsync("GET", "r3x/queue"))["turn"] is null)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await Client.AskAsync("POST", "r3x/interrupt");

        JsonNode end = await line;

        Assert.Equal(("interrupted", "asked"), ((string?)end["state"], (string?)end["reason"]));
    }

    [Fact]
    public async Task A_turns_lines_follow_each_other_and_end_with_it()
    {
        string turn = (string)(await Client.AskAsync("POST", "r3x/turns?preset=radio"))["id"]!;
        JsonNode first = await Client.AskAsync("POST", $"r3x/speak?wait=accepted&turn={turn}", Asking.Line);
        JsonNode second = await Client.AskAsync("POST", $"r3x/speak?wait=accepted&turn={turn}", Asking.Line);
        JsonNode complete = await Client.AskAsync("POST", $"r3x/turns/{turn}/complete");
        JsonNode late = await Client.AskAsync("POST", $"r3x/speak?turn={turn}", Asking.Line, 409);
        await Client.StateAsync((string)first["id"]!, "speaking");
        JsonNode ended = await Client.AskAsync("DELETE", $"r3x/turns/{turn}");
        JsonNode[] ends =
        [
            await Client.StateAsync((string)first["id"]!, "interrupted"),
            await Client.StateAsync((string)second["id"]!, "interrupted"),
        ];

        Assert.Equal("complete", (string?)complete["state"]);
        Assert.Equal([(string?)first["id"], (string?)second["id"]],
            complete["utterances"]!.AsArray().Select(static id => (string?)id));
        Assert.Contains("complete", (string)late["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal("interrupted", (string?)ended["state"]);
        Assert.All(ends, end => Assert.Equal(turn, (string?)end["turn"]));
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        await Client.AskAsync("POST", "r3x/pause");
        HttpResponseMessage? refused = null;
        for (int line = 0; line < 80 && refused is null; line++)
        {
            HttpResponseMessage answer = await Client.PostAsync("r3x/speak?wait=accepted",
                new ByteArrayContent(Asking.Line), TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode == 503)
                refused = answer;
            else
                answer.Dispose();
        }

        JsonNode queue = await Client.AskAsync("GET", "r3x/queue");
        await Client.AskAsync("POST", "r3x/interrupt?all=true");
        JsonNode resumed = await Client.AskAsync("POST", "r3x/resume");

        Assert.NotNull(refused);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal((64, true), ((int)queue["waiting"]!, (bool)queue["paused"]!));
        Assert.Equal((0, false), ((int)resumed["waiting"]!, (bool)resumed["paused"]!));
        refused.Dispose();
    }

    [Theory]
    [InlineData("speak?input_format=pcm_1", 400, "input_format")]
    [InlineData("speak?priority=high", 400, "priority is \"high\"")]
    [InlineData("speak?wait=long", 400, "finished or accepted")]
    [InlineData("speak?turn=nobody", 404, "nobody")]
    [InlineData("sing", 404, "/r3x/sing")]
    [InlineData("events", 405, "/r3x/events")]
    [InlineData("turns/nobody/complete", 404, "nobody")]
    public async Task What_is_wrong_with_a_request_is_said(string path, int status, string said)
    {
        JsonNode answer = await Client.AskAsync("POST", "r3x/" + path, Asking.Line, status);

        Assert.Contains(said, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
        Assert.NotNull(answer["error"]!["fix"]);
    }

    [Fact]
    public async Task A_body_without_sound_fails_and_says_why()
    {
        JsonNode end = await Client.AskAsync("POST", "r3x/speak", "<html>busy</html>"u8.ToArray());

        Assert.Equal("failed", (string?)end["state"]);
        Assert.Contains("text, not audio", (string)end["failure"]!, StringComparison.Ordinal);
    }

    private static double Position(JsonNode status) => (double)status["position_ms"]!;

    private static async Task<JsonNode> NextAsync(StreamReader answer)
    {
        while (await answer.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonNode.Parse(line["data: ".Length..])!;
        }

        throw new EndOfStreamException("The server ended its answer.");
    }
}
