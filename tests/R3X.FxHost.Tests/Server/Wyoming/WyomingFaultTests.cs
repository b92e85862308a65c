using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

[Collection(WyomingTests.Name)]
public sealed class WyomingFaultTests(WyomingServed served)
{
    private const string Line = "This is a line that is long enough to break off in its middle.";

    [Fact]
    public async Task A_service_that_dies_in_mid_line_costs_the_rest_alone()
    {
        const int Sent = 20_000;
        served.Upstream.Behave(new Behaviour { Voice = "adam", DieAfterBytes = Sent });

        List<SocketEvent> events = await SayAsync("adam@dry", isStreamed: true);

        Assert.Equal(
            "audio-start audio-chunk error audio-stop synthesize-stopped", WyomingSocket.TypesOf(events));
        byte[] whole = await TakeOf.SentencesAsync("adam", Line);
        Assert.Equal(whole[..Sent], WyomingSocket.SoundOf(events));
    }

    [Fact]
    public async Task The_service_s_own_error_is_handed_on_and_the_line_ends()
    {
        served.Upstream.Behave(new Behaviour { Voice = "rachel", Status = 500 });

        List<SocketEvent> events = await SayAsync("rachel", isStreamed: false);

        Assert.Equal("error audio-stop", WyomingSocket.TypesOf(events));
        Assert.Equal("Something broke upstream.", (string?)events[0].Data["text"]);
        Assert.Equal("tts-error", (string?)events[0].Data["code"]);
    }

    [Fact]
    public async Task A_service_that_answers_with_a_page_is_an_error()
    {
        served.Upstream.Behave(new Behaviour { Voice = "rachel", Html = true });

        List<SocketEvent> events = await SayAsync("rachel", isStreamed: false);

        Assert.Equal("error audio-stop", WyomingSocket.TypesOf(events));
        Assert.Contains("no JSON object", (string?)events[0].Data["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_hangs_up_ends_the_service_s_work()
    {
        served.Upstream.Behave(new Behaviour { Voice = "nova", Pace = "realtime" });
        using (WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port))
        {
            await socket.SendAsync("synthesize", Request("nova"));
            await socket.ReceiveUntilAsync("audio-chunk");
        }

        ReceivedRequest request = served.Upstream.Requests.Last(
            one => one.Messages.Any(static message => message.Contains("\"nova\"", StringComparison.Ordinal)));
        Assert.True(await request.Cancelled.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Text_beyond_the_limit_is_refused()
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        await socket.SendAsync("synthesize-start", []);
        await socket.SendAsync(
            "synthesize-chunk", new JsonObject { ["text"] = new string('a', WyomingServed.MostText + 1) });

        List<SocketEvent> events = await socket.ReceiveUntilAsync("synthesize-stopped");

        Assert.Equal("error audio-stop synthesize-stopped", WyomingSocket.TypesOf(events));
        Assert.Equal("text-too-long", (string?)events[0].Data["code"]);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "no JSON object")]
    [InlineData("[1]\n", "no JSON object")]
    [InlineData("{\"type\":\"a\",\"type\":\"b\"}\n", "no JSON object")]
    [InlineData("{\"type\":7}\n", "no \"type\"")]
    [InlineData("{\"type\":\"synthesize\",\"data_length\":-1}\n", "data_length is no whole number")]
    [InlineData("{\"type\":\"audio-chunk\",\"payload_length\":999999999999}\n", "payload_length is no whole number")]
    [InlineData("{\"type\":\"synthesize\",\"data_length\":2}\n[]", "data is no JSON object")]
    public async Task What_is_no_event_ends_the_connection_with_an_error(string bytes, string reason)
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        await socket.SendAsync(bytes);

        SocketEvent? error = await socket.ReceiveAsync();

        Assert.Equal("error", error?.Type);
        Assert.Contains(reason, (string?)error!.Data["text"], StringComparison.Ordinal);
        Assert.Null(await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_ping_is_answered_and_what_is_unknown_is_passed_over()
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        await socket.SendAsync("run-satellite", [], new byte[100]);
        await socket.SendAsync("synthesize-stop", []);
        await socket.SendAsync("audio-stop", []);
        foreach (char one in "{\"type\":\"ping\",\"data\":{\"text\":\"still there?\"}}\n")
            await socket.SendAsync(one.ToString());

        SocketEvent? pong = await socket.ReceiveAsync();

        Assert.Equal("pong", pong?.Type);
        Assert.Equal("still there?", (string?)pong!.Data["text"]);
    }

    private async Task<List<SocketEvent>> SayAsync(string voice, bool isStreamed)
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        if (!isStreamed)
        {
            await socket.SendAsync("synthesize", Request(voice));
            return await socket.ReceiveUntilAsync("audio-stop");
        }

        await socket.SendAsync(
            "synthesize-start", new JsonObject { ["voice"] = new JsonObject { ["name"] = voice } });
        await socket.SendAsync("synthesize-chunk", new JsonObject { ["text"] = Line });
        await socket.SendAsync("synthesize-stop", []);
        return await socket.ReceiveUntilAsync("synthesize-stopped");
    }

    private static JsonObject Request(string voice) => new()
    {
        ["text"] = Line, ["voice"] = new JsonObject { ["name"] = voice },
    };
}
