using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.OpenAi;

[Collection(ServerTests.Name)]
public sealed class OpenAiSpeechTests(ServedVoices served)
{
    private const string Text = "Good evening, pilots. The next song is for you.";

    private static int s_speakers;

    private NodeClient Client => new("openai.mjs", served.Server.Address + "v1");

    // A speaker of its own has no lines before this one to be as loud as.
    private static string NewSpeaker => $"speaker {Interlocked.Increment(ref s_speakers)}";

    [Theory]
    [InlineData(4_096)]
    [InlineData(7)]
    [InlineData(1)]
    public async Task A_line_in_pcm_is_what_the_command_renders_however_the_service_cuts_it(int chunk)
    {
        served.Upstream.Behave(new Behaviour { ChunkBytes = chunk });

        byte[] heard = await Client.AudioAsync(Speak("alloy@excited", "pcm"));

        byte[] sent = await Upstream.AudioAsync("alloy", Text, "pcm_24000");
        byte[] rendered = await Residual.RenderAsync(sent, "pcm_24000", "excited", "pcm_24000");
        Assert.InRange(Residual.Between(rendered, heard), double.NegativeInfinity, -60);
    }

    [Theory]
    [InlineData("mp3", "audio/mpeg", "mp3_24000_128")]
    [InlineData("opus", "audio/ogg", "opus_48000_64")]
    [InlineData("aac", "audio/aac", "wav_24000")]
    [InlineData("flac", "audio/flac", "wav_24000")]
    [InlineData("wav", "audio/wav", "wav_24000")]
    public async Task Every_format_is_answered_with_the_whole_line(string format, string type, string asked)
    {
        JsonObject answer = (await Client.CallAsync(Speak("nova@radio", format)))[0];

        Assert.Equal(type, answer["type"]!.ToString());
        byte[] heard = Convert.FromBase64String(answer["audio"]!.ToString());
        byte[] sent = await Upstream.AudioAsync("nova", Text, asked);
        // Coded formats may begin and end with what their coder adds.
        double expected = (await Residual.RenderAsync(sent, null, "radio", "pcm_24000")).Length / 48_000.0;
        double length = (await Residual.RenderAsync(heard, null, "neutral", "pcm_24000")).Length / 48_000.0;
        Assert.InRange(length, expected - 0.001, expected + 0.25);
    }

    [Fact]
    public async Task Events_carry_the_same_line_and_what_the_service_said_it_cost()
    {
        using HttpResponseMessage answer = await PostAsync(
            new { input = Text, voice = "alloy@excited", response_format = "pcm", stream_format = "sse" });

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        List<JsonNode> events = await EventsAsync(answer);
        byte[] heard = [.. events.Where(e => e["type"]!.ToString() == "speech.audio.delta")
            .SelectMany(e => Convert.FromBase64String(e["audio"]!.ToString()))];
        byte[] sent = await Upstream.AudioAsync("alloy", Text, "pcm_24000");
        byte[] rendered = await Residual.RenderAsync(sent, "pcm_24000", "excited", "pcm_24000");
        Assert.InRange(Residual.Between(rendered, heard), double.NegativeInfinity, -60);
        Assert.Equal("speech.audio.done", events[^1]["type"]!.ToString());
        Assert.Equal(Text.Length + 101, (int)events[^1]["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task The_service_is_sent_the_callers_request_with_its_own_names_and_the_callers_key()
    {
        await Client.CallAsync(new
        {
            call = "speech",
            key = "sk-callers",
            request = new
            {
                input = Text, voice = "adam@radio@70%", model = "tts-1", response_format = "pcm", speed = 1.5,
                extra = new { kept = true }, r3x = new { seed = 3 },
            },
        });

        ReceivedRequest asked = served.Upstream.Requests.Last(r => r.Path == "/v1/audio/speech");
        JsonNode body = JsonNode.Parse(asked.Body)!;
        Assert.Equal("adam", body["voice"]!.ToString());
        Assert.Equal(1.5, (double)body["speed"]!);
        Assert.True((bool)body["extra"]!["kept"]!);
        Assert.Null(body["r3x"]);
        Assert.Equal("Bearer sk-callers", asked.Headers["authorization"]);
    }

    [Fact]
    public async Task The_answer_names_the_preset_and_the_services_own_id_and_is_not_to_be_asked_again()
    {
        JsonObject answer = (await Client.CallAsync(Speak("alloy@radio", "pcm")))[0];

        JsonNode headers = answer["headers"]!;
        Assert.Equal("radio", headers["x-r3x-preset"]!.ToString());
        Assert.Equal("false", headers["x-should-retry"]!.ToString());
        Assert.StartsWith("req_", headers["x-request-id"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(headers["x-r3x-warning"]);
    }

    [Fact]
    public async Task An_unknown_preset_falls_back_and_says_so()
    {
        JsonObject answer = (await Client.CallAsync(Speak("alloy@radoi", "pcm")))[0];

        Assert.Equal("dj-r3x", answer["headers"]!["x-r3x-preset"]!.ToString());
        Assert.Contains("radoi", answer["headers"]!["x-r3x-warning"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_wins_over_the_query_the_body_and_the_voices_name()
    {
        var asked = new { input = Text, voice = "alloy@sad", response_format = "pcm", r3x = new { preset = "happy" } };
        Assert.Equal("happy", await PresetOfAsync("/v1/audio/speech", asked, null));
        Assert.Equal("radio", await PresetOfAsync("/v1/audio/speech?r3x_preset=radio", asked, null));
        Assert.Equal("whisper", await PresetOfAsync("/v1/audio/speech?r3x_preset=radio", asked, "whisper"));
    }

    [Fact]
    public async Task Without_effects_the_line_is_the_services_own_bit_for_bit()
    {
        byte[] heard = await Client.AudioAsync(Speak("alloy@dry", "pcm"));

        Assert.Equal(await Upstream.AudioAsync("alloy", Text, "pcm_24000"), heard);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task The_services_errors_come_as_they_are(int status)
    {
        served.Upstream.Behave(new Behaviour
        {
            Status = status, Headers = new Dictionary<string, string> { ["retry-after"] = "7" },
        });

        using HttpResponseMessage answer = await PostAsync(new { input = Text, voice = "alloy" });

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("7", answer.Headers.GetValues("retry-after").Single());
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("server_error", body["error"]!["type"]!.ToString());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_page_or_garbage_with_status_200_is_an_error_that_says_what_came(bool html, bool garbage)
    {
        served.Upstream.Behave(new Behaviour { Html = html, Garbage = garbage });

        using HttpResponseMessage answer = await PostAsync(
            new { input = Text, voice = "alloy", response_format = "wav" });

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Contains("did not send sound", body["error"]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_service_that_dies_in_mid_line_all_that_came_is_heard_before_the_connection_breaks()
    {
        const int Bytes = 48_000;
        served.Upstream.Behave(new Behaviour { DieAfterBytes = Bytes });

        using HttpResponseMessage answer = await PostAsync(
            new { input = Text, voice = "alloy@dry", response_format = "pcm" });
        await using Stream stream = await answer.Content.ReadAsStreamAsync();
        var heard = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(heard));

        byte[] sent = await Upstream.AudioAsync("alloy", Text, "pcm_24000");
        Assert.Equal(sent[..Bytes], heard.ToArray());
    }

    [Fact]
    public async Task Of_a_service_that_dies_in_mid_line_events_end_with_an_error()
    {
        served.Upstream.Behave(new Behaviour { DieAfterBytes = 60_000 });

        using HttpResponseMessage answer = await PostAsync(
            new { input = Text, voice = "alloy", response_format = "pcm", stream_format = "sse" });

        List<JsonNode> events = await EventsAsync(answer);
        Assert.Equal("speech.audio.delta", events[0]["type"]!.ToString());
        Assert.Equal("error", events[^1]["type"]!.ToString());
    }

    [Fact]
    public async Task When_the_caller_goes_the_service_is_told()
    {
        served.Upstream.Behave(new Behaviour { StallAfterBytes = 20_000 });
        using var cancellation = new CancellationTokenSource();
        using HttpResponseMessage answer = await PostAsync(
            new { input = "A line that nobody hears to its end.", voice = "nova", response_format = "pcm" },
            cancellation.Token);
        await using Stream stream = await answer.Content.ReadAsStreamAsync(cancellation.Token);
        await stream.ReadExactlyAsync(new byte[1_000], cancellation.Token);

        await cancellation.CancelAsync();
        answer.Dispose();

        ReceivedRequest asked = served.Upstream.Requests.Last(
            r => r.Body.Contains("nobody hears", StringComparison.Ordinal));
        Assert.True(await asked.Cancelled);
    }

    [Fact]
    public async Task Models_and_what_has_nothing_to_do_with_speech_pass_through()
    {
        IReadOnlyList<JsonObject> answers = await Client.CallAsync(
            new { call = "models" }, new { call = "model", request = "tts-1" },
            new
            {
                call = "chat",
                request = new { model = "gpt", messages = new[] { new { role = "user", content = "hi" } } },
            });

        Assert.Equal("tts-1", answers[0]["all"]![0]!["id"]!.ToString());
        Assert.Equal("tts-1", answers[1]["id"]!.ToString());
        Assert.Equal("Good evening, pilots!", answers[2]["text"]!.ToString());
    }

    [Fact]
    public async Task Voices_are_offered_with_every_preset()
    {
        JsonNode list = JsonNode.Parse(await served.Server.Client.GetStringAsync("/v1/audio/voices"))!;

        Dictionary<string, string> names = list["voices"]!.AsArray().ToDictionary(
            v => v!["id"]!.ToString(), v => v!["name"]!.ToString());
        Assert.Equal("alloy", names["alloy"]);
        Assert.Equal("alloy (Excited)", names["alloy@excited"]);
        Assert.Contains("nova@dry", names.Keys);
        Assert.Equal(1, (int)list["other_field"]!);
    }

    private static object Speak(string voice, string format) => new
    {
        call = "speech",
        request = new
        {
            input = Text, voice, model = "tts-1", response_format = format,
            r3x = new { seed = 1, speaker = NewSpeaker },
        },
    };

    private Task<HttpResponseMessage> PostAsync(object body, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/audio/speech?r3x_seed=1&r3x_speaker={NewSpeaker}")
        {
            Content = JsonContent.Create(body),
            Headers = { { "Authorization", "Bearer key" } },
        };
        return served.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async Task<string> PresetOfAsync(string path, object body, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body),
            Headers = { { "Authorization", "Bearer key" } },
        };
        if (header is not null)
            request.Headers.Add("X-R3X-Preset", header);
        using HttpResponseMessage answer = await served.Server.Client.SendAsync(request);
        return answer.Headers.GetValues("X-R3X-Preset").Single();
    }

    private static async Task<List<JsonNode>> EventsAsync(HttpResponseMessage answer)
    {
        List<JsonNode> events = [];
        SseParser<string> parser = SseParser.Create(await answer.Content.ReadAsStreamAsync());
        await foreach (SseItem<string> item in parser.EnumerateAsync())
            events.Add(JsonNode.Parse(item.Data)!);
        return events;
    }
}
