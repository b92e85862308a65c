using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

[Collection(ServerTests.Name)]
public sealed class ElevenLabsHttpTests(ServedVoices served)
{
    private const string Text = "Good evening, pilots. The next song is for you.";
    private const string Pcm = "pcm_24000";

    private static int s_speakers;

    [Theory]
    [InlineData("", 1)]
    [InlineData("/stream", 7)]
    [InlineData("/stream/with-timestamps", 7)]
    [InlineData("/with-timestamps", 4_096)]
    public async Task A_line_is_the_services_bit_for_bit_without_effects_however_it_is_cut(string ending, int chunk)
    {
        served.Upstream.Behave(new Behaviour { ChunkBytes = chunk });

        using HttpResponseMessage answer = await PostAsync("adam@dry", ending, Pcm);

        byte[] heard = await answer.Content.ReadAsByteArrayAsync();
        if (ending.EndsWith("with-timestamps", StringComparison.Ordinal))
            heard = [.. Lines(heard).SelectMany(l => Convert.FromBase64String(l["audio_base64"]!.ToString()))];
        Assert.Equal(await Upstream.AudioAsync("adam", Text, Pcm), heard);
    }

    [Theory]
    [InlineData("mp3_22050_32", "audio/mpeg")]
    [InlineData("pcm_48000", "audio/pcm")]
    [InlineData("ulaw_8000", "audio/basic")]
    [InlineData("opus_48000_64", "audio/ogg")]
    [InlineData("wav_44100", "audio/wav")]
    public async Task Every_format_is_answered_with_the_whole_line(string format, string type)
    {
        using HttpResponseMessage answer = await PostAsync("nova@radio", "", format);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        string? name = format.Split('_')[0] is "mp3" or "opus" or "wav" ? null : format;
        byte[] sent = await Upstream.AudioAsync("nova", Text, format);
        // Coded formats may begin and end with what their coder adds.
        double expected = (await Residual.RenderAsync(sent, name, "radio", Pcm)).Length / 48_000.0;
        byte[] heard = await answer.Content.ReadAsByteArrayAsync();
        string[] input = format == "pcm_48000" ? ["-f", "s16le", "-ar", "48000"]
            : format == "ulaw_8000" ? ["-f", "mulaw", "-ar", "8000"] : [];
        double length = Sound.Decode(heard, input).Length / 44_100.0;
        Assert.InRange(length, expected - 0.001, expected + 0.3);
    }

    [Fact]
    public async Task The_service_is_sent_the_callers_request_with_its_own_names_and_the_callers_key()
    {
        using HttpResponseMessage answer = await PostAsync("adam@radio@70%", "/stream", Pcm, new
        {
            text = Text, model_id = "eleven_flash_v2_5", previous_text = "Hi.", extra = new { kept = true },
            r3x = new { seed = 3 },
        });

        Assert.Equal("radio", answer.Headers.GetValues("X-R3X-Preset").Single());
        ReceivedRequest asked = served.Upstream.Requests[^1];
        Assert.Equal("/v1/text-to-speech/adam/stream", asked.Path);
        Assert.Equal("output_format", Assert.Single(asked.Query.Keys));
        Assert.Equal("key", asked.Headers["xi-api-key"]);
        JsonNode body = JsonNode.Parse(asked.Body)!;
        Assert.True((bool)body["extra"]!["kept"]!);
        Assert.Equal("Hi.", body["previous_text"]!.ToString());
        Assert.Null(body["r3x"]);
    }

    [Fact]
    public async Task What_the_service_says_of_the_line_comes_along()
    {
        using HttpResponseMessage answer = await PostAsync("adam", "", Pcm);

        Assert.StartsWith("request-", answer.Headers.GetValues("request-id").Single(), StringComparison.Ordinal);
        Assert.Equal($"{Text.Length}", answer.Headers.GetValues("character-cost").Single());
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(422, "/with-timestamps")]
    [InlineData(429, "/stream/with-timestamps")]
    [InlineData(500, "/stream")]
    public async Task The_services_errors_come_as_they_are(int status, string ending)
    {
        served.Upstream.Behave(new Behaviour
        {
            Status = status, Headers = new Dictionary<string, string> { ["retry-after"] = "7" },
        });

        using HttpResponseMessage answer = await PostAsync("adam", ending, Pcm);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("7", answer.Headers.GetValues("retry-after").Single());
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.NotNull(body["detail"]);
        Assert.Null(body["error"]);
    }

    [Theory]
    [InlineData(true, false, "")]
    [InlineData(false, true, "/stream")]
    [InlineData(true, false, "/with-timestamps")]
    [InlineData(false, true, "/stream/with-timestamps")]
    public async Task A_page_or_garbage_with_status_200_is_an_error_that_says_what_came(
        bool html, bool garbage, string ending)
    {
        served.Upstream.Behave(new Behaviour { Html = html, Garbage = garbage });

        using HttpResponseMessage answer = await PostAsync("adam", ending, "mp3_44100_128");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Contains("did not send sound", body["detail"]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/stream")]
    [InlineData("/stream/with-timestamps")]
    public async Task Of_a_service_that_dies_in_mid_line_all_that_came_is_heard_before_the_connection_breaks(
        string ending)
    {
        const int Bytes = 48_000;
        served.Upstream.Behave(new Behaviour { DieAfterBytes = Bytes, ChunkBytes = 1_000 });

        using HttpResponseMessage answer = await PostAsync("adam@dry", ending, Pcm);
        await using Stream stream = await answer.Content.ReadAsStreamAsync();
        var heard = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(heard));

        byte[] sent = await Upstream.AudioAsync("adam", Text, Pcm);
        byte[] sound = ending == "/stream" ? heard.ToArray()
            : [.. Lines(heard.ToArray()).SelectMany(l => Convert.FromBase64String(l["audio_base64"]!.ToString()))];
        Assert.True(sound.Length > Bytes / 2);
        Assert.Equal(sent[..sound.Length], sound);
        if (ending == "/stream")
            Assert.Equal(Bytes, sound.Length);
    }

    [Theory]
    [InlineData("/stream")]
    [InlineData("/stream/with-timestamps")]
    public async Task Sound_goes_out_while_the_service_stalls_and_a_caller_that_vanishes_takes_its_line_with_it(
        string ending)
    {
        served.Upstream.Behave(new Behaviour { StallAfterBytes = 60_000 });
        using HttpResponseMessage answer = await PostAsync("adam@excited", ending, Pcm);
        Stream stream = await answer.Content.ReadAsStreamAsync();
        byte[] heard = new byte[16_000];
        await stream.ReadExactlyAsync(heard);

        ReceivedRequest asked = served.Upstream.Requests[^1];
        Assert.False(asked.Cancelled.IsCompleted);
        await stream.DisposeAsync();
        answer.Dispose();

        Assert.True(await asked.Cancelled.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_service_that_sends_another_format_than_it_was_asked_for_is_heard_all_the_same()
    {
        served.Upstream.Behave(new Behaviour { WrongFormat = "wav_24000", WrongType = "application/octet-stream" });

        using HttpResponseMessage answer = await PostAsync("adam@dry", "/stream", Pcm);

        Assert.Equal("audio/pcm", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await Upstream.AudioAsync("adam", Text, Pcm), await answer.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> PostAsync(string voice, string ending, string format, object? body = null)
    {
        // A speaker of its own has no lines before this one to be as loud as.
        string speaker = $"http%20speaker%20{Interlocked.Increment(ref s_speakers)}";
        string query = $"?output_format={format}&r3x_seed=1&r3x_speaker={speaker}";
        var request = new HttpRequestMessage(
            HttpMethod.Post, $"/v1/text-to-speech/{Uri.EscapeDataString(voice)}{ending}{query}")
        {
            Content = JsonContent.Create(body ?? new { text = Text }),
            Headers = { { "xi-api-key", "key" } },
        };
        return served.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static IEnumerable<JsonNode> Lines(byte[] bytes)
        => System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonNode.Parse(l)!);
}
