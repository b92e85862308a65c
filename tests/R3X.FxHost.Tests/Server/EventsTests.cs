using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>What a server tells of what is heard, and what it lets change.</summary>
public sealed class EventsTests(QuietServer server) : IClassFixture<QuietServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client => server.Process.Client;

    [Fact]
    public async Task What_is_heard_is_told_when_it_is_heard()
    {
        // One of its own: music that still makes way for another test's line would not be told to.
        await using ServerProcess quiet = await ServerProcess.StartAsync();
        List<(string Name, JsonNode Data)> told = [];
        IAsyncEnumerable<(string Name, JsonNode Data)> events = await quiet.Client.FollowAsync("r3x/events");
        Task<JsonNode> line = quiet.Client.AskAsync("POST", "r3x/speak?preset=excited", Asking.Line[..16_000]);
        await foreach ((string Name, JsonNode Data) one in events)
        {
            told.Add(one);
            if (one.Name == "mic" && !(bool)one.Data["muted"]!)
                break;
        }

        JsonNode end = await line;
        JsonNode[] levels = Of("level");
        Assert.Equal("done", (string?)end["state"]);
        Assert.Equal("done", (string?)Of("utterance")[^1]["state"]);
        Assert.Equal(8, levels[0]["bands_db"]!.AsArray().Count);
        Assert.Contains(levels, static level => (bool)level["begins"]!);
        Assert.Contains(levels, static level => (double?)level["rms_db"] > -30 && (string?)level["mood"] == "excited");
        Assert.True((bool)Of("mic")[0]["muted"]!);
        Assert.Equal(-12, (double)Of("duck")[0]["gain_db"]!);
        // Its first word is heard when it is said to be: levels begin where the line does.
        double begins = (double)Of("utterance").First(static one => (string?)one["state"] == "speaking")["moment"]!;
        Assert.InRange((double)levels.First(static level => (bool)level["begins"]!)["time"]!, begins, begins + 0.03);

        JsonNode[] Of(string name) => [.. told.Where(one => one.Name == name).Select(static one => one.Data)];
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_told()
    {
        JsonNode unknown = await Client.AskAsync("GET", "r3x/events?only=level,noise", status: 400);

        Assert.Contains("noise", (string)unknown["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_connection_is_kept_open()
    {
        // Tests of one class follow each other: meanwhile nothing is spoken here.
        using RawConnection connection = await RawConnection.OpenAsync(server.Process.Address);
        await connection.SendAsync("GET /r3x/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        string text = "";
        while (!text.Contains("\n:\n", StringComparison.Ordinal))
            text += await connection.ReadAsync();
    }

    [Fact]
    public async Task A_caller_who_does_not_read_harms_nobody()
    {
        using RawConnection connection = await RawConnection.OpenAsync(server.Process.Address);
        await connection.SendAsync("GET /r3x/events HTTP/1.1\r\nHost: localhost\r\n\r\n");

        JsonNode end = await Client.AskAsync("POST", "r3x/speak", Asking.Line);

        Assert.Equal("done", (string?)end["state"]);
    }

    [Fact]
    public async Task The_loudspeaker_can_be_turned_down_and_muted()
    {
        JsonNode down = await Client.PutAsync("r3x/volume", """{"db":-3}""");
        JsonNode muted = await Client.PutAsync("r3x/volume", """{"muted":true}""");
        JsonNode wrong = await Client.PutAsync("r3x/volume", """{"db":13}""");
        JsonNode broken = await Client.PutAsync("r3x/volume", "{");
        JsonNode now = await Client.AskAsync("GET", "r3x/volume");
        await Client.PutAsync("r3x/volume", """{"db":0,"muted":false}""");

        Assert.Equal((-3, false), ((double)down["db"]!, (bool)down["muted"]!));
        Assert.Equal((-3, true), ((double)muted["db"]!, (bool)muted["muted"]!));
        Assert.Contains("13", (string)wrong["error"]!["message"]!, StringComparison.Ordinal);
        Assert.NotNull(broken["error"]);
        Assert.Equal(muted.ToJsonString(), now.ToJsonString());
    }

    [Fact]
    public async Task Music_plays_until_it_is_stopped()
    {
        JsonNode playing = await Client.AskAsync("PUT", "r3x/background?level=-20", Asking.Line);
        JsonNode loud = await Client.AskAsync("PUT", "r3x/background?level=3", Asking.Line, 400);
        JsonNode none = await Client.AskAsync("PUT", "r3x/background", "<html>busy</html>"u8.ToArray(), 422);
        JsonNode now = await Client.AskAsync("GET", "r3x/background");
        await Client.AskAsync("DELETE", "r3x/background");
        JsonNode later = await Client.AskAsync("GET", "r3x/background");
        while ((bool)later["playing"]!)
        {
            await Task.Delay(50, Stop);
            later = await Client.AskAsync("GET", "r3x/background");
        }

        Assert.Equal((true, -20), ((bool)playing["playing"]!, (double)playing["level"]!));
        Assert.Contains("-60 to 0", (string)loud["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Contains("text, not audio", (string)none["error"]!["message"]!, StringComparison.Ordinal);
        Assert.True((bool)now["playing"]!);
    }

    [Fact]
    public async Task A_line_is_kept_and_spoken_again_without_a_body()
    {
        string folder = System.IO.Directory.CreateTempSubdirectory("r3x-serve-").FullName;
        try
        {
            await using ServerProcess server = await ServerProcess.StartAsync(
                new Dictionary<string, string> { ["XDG_CACHE_HOME"] = folder });
            HttpClient client = server.Client;
            JsonNode before = await client.AskAsync("GET", "r3x/cache?key=hello", status: 404);
            await client.AskAsync("POST", "r3x/speak?cache=hello&wait=accepted", Asking.Line[..16_000]);
            await client.AskAsync("POST", "r3x/interrupt?all=true");
            while (true)
            {
                using HttpResponseMessage kept = await client.GetAsync("r3x/cache?key=hello", Stop);
                if (kept.IsSuccessStatusCode)
                    break;
                await Task.Delay(50, Stop);
            }

            JsonNode again = await client.AskAsync("POST", "r3x/speak?cache=hello", []);
            await client.AskAsync("DELETE", "r3x/cache?key=hello");
            JsonNode after = await client.AskAsync("GET", "r3x/cache?key=hello", status: 404);

            Assert.False((bool)before["kept"]!);
            Assert.Equal("done", (string?)again["state"]);
            Assert.False((bool)after["kept"]!);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task It_is_ready_when_it_is_warm_and_says_who_it_is()
    {
        while (true)
        {
            using HttpResponseMessage ready = await Client.GetAsync("health/ready", Stop);
            if (ready.IsSuccessStatusCode)
                break;
            await Task.Delay(50, Stop);
        }

        JsonNode warm = await Client.AskAsync("POST", "r3x/warm-up?preset=exited");
        JsonNode who = await Client.AskAsync("GET", "r3x");
        string health = await Client.GetStringAsync("health", Stop);
        // What another test has played holds it for a moment.
        while ((bool)(await Client.AskAsync("GET", "r3x/mic"))["muted"]!)
            await Task.Delay(50, Stop);

        Assert.Contains("exited", (string)warm["warnings"]![0]!, StringComparison.Ordinal);
        Assert.Equal("R3X.FxHost", (string?)who["name"]);
        Assert.Equal("Healthy", health);
    }
}
