using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

[Collection(ServerTests.Name)]
public sealed class ElevenLabsSocketTests(ServedVoices served)
{
    private const string Pcm = "pcm_24000";
    private const string One = "/v1/text-to-speech/{0}/stream-input";
    private const string Many = "/v1/text-to-speech/{0}/multi-stream-input";
    private const string Dialogue = "/v1/text-to-dialogue/stream-input";
    private const string Dialogues = "/v1/text-to-dialogue/multi-stream-input";

    private static readonly object Begin = new { text = " ", voice_settings = new { stability = 0.5 } };
    private static readonly object End = new { text = "" };
    private static int s_speakers;

    [Theory]
    [InlineData(4_096)]
    [InlineData(333)]
    public async Task A_line_is_what_the_command_renders_its_tail_in_front_of_the_final_message(int chunk)
    {
        served.Upstream.Behave(new Behaviour { ChunkBytes = chunk });
        using SocketClient client = await OpenAsync(One, "adam@excited");

        await client.SendAsync(Begin, new { text = "Good evening, " }, new { text = "pilots. " }, End);
        await client.ReadToEndAsync();

        await AssertRenderedAsync("adam", "Good evening, pilots. ", "excited", client.Audio());
        Assert.True((bool)client.Messages[^1]["isFinal"]!);
        Assert.Null(client.Messages[^1]["audio"]);
        Assert.Equal(1_000, client.CloseCode);
    }

    [Theory]
    [InlineData("clicks@dry", Pcm, 48_000)]
    [InlineData("clicks@neutral", Pcm, 48_000)]
    [InlineData("clicks@dry", "mp3_44100_128", 16_000)]
    [InlineData("clicks@dry", "ulaw_8000", 8_000)]
    public async Task Times_of_a_message_are_counted_from_its_own_sound(string voice, string format, int bytesPerSecond)
    {
        using SocketClient client = await OpenAsync(One, voice, format);

        await client.SendAsync(Begin, new { text = SpokenBySdk.Clicks }, End);
        await client.ReadToEndAsync();

        // Of MP3 the first bytes may be a tag that holds no sound.
        int tag = client.Audio().AsSpan().StartsWith("ID3"u8) ? 45 : 0;
        string[] input = format == Pcm ? ["-f", "s16le", "-ar", "24000"]
            : format == "ulaw_8000" ? ["-f", "mulaw", "-ar", "8000"] : [];
        Clicks.AssertAt(
            Sound.Decode(client.Audio(), input), client.Starts(bytes => Math.Max(0.0, bytes - tag) / bytesPerSecond));
    }

    [Fact]
    public async Task Contexts_have_chains_of_their_own_and_both_spellings_of_their_names()
    {
        using SocketClient client = await SocketClient.OpenAsync(
            served.Server, string.Format(null, Many, "adam@excited") + "?r3x_seed=1&output_format=" + Pcm);

        await client.SendAsync(
            new { text = " ", voice_settings = new { }, context_id = "a", r3x = new { speaker = NewSpeaker } },
            new
            {
                text = " ", voice_settings = new { }, contextId = "b",
                r3x = new { preset = "radio", speaker = NewSpeaker },
            },
            new { text = "Good evening. ", context_id = "a" },
            new { text = "You too. ", context_id = "b" },
            new { text = "", context_id = "a" },
            new { context_id = "a", close_context = true },
            new { close_socket = true });
        await client.ReadToEndAsync();

        await AssertRenderedAsync("adam", "Good evening. ", "excited", client.Audio("a"));
        await AssertRenderedAsync("adam", "You too. ", "radio", client.Audio("b"));
        Assert.All(client.Messages, m => Assert.Equal(m["contextId"]!.ToString(), m["context_id"]!.ToString()));
        Assert.Equal(["a", "b"], client.Messages.Where(m => m["isFinal"] is JsonValue f && (bool)f)
            .Select(m => m["contextId"]!.ToString()).Order());
        Assert.Equal(1_000, client.CloseCode);
    }

    [Fact]
    public async Task A_final_that_comes_late_ends_its_own_context_and_no_other()
    {
        served.Upstream.Behave(new Behaviour { Pace = "realtime" });
        using SocketClient client = await OpenAsync(Many, "adam@dry");

        await client.SendAsync(
            new { text = "Good evening, pilots. ", voice_settings = new { }, context_id = "old", flush = true },
            new { context_id = "old", close_context = true },
            new { text = "You too. ", voice_settings = new { }, context_id = "new", flush = true },
            new { context_id = "new", close_context = true });
        await client.ReadUntilAsync(() => client.Messages.Count(m => m["isFinal"] is JsonValue f && (bool)f) == 2);

        Assert.Equal(await Upstream.AudioAsync("adam", "Good evening, pilots. ", Pcm), client.Audio("old"));
        Assert.Equal(await Upstream.AudioAsync("adam", "You too. ", Pcm), client.Audio("new"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flush_brings_all_that_was_said_before_anything_ends(bool otherNames)
    {
        served.Upstream.Behave(new Behaviour { OtherNames = otherNames });
        using SocketClient client = await OpenAsync(Many, "adam@excited");
        byte[] sent = await Upstream.AudioAsync("adam", "Good evening, pilots. ", Pcm);

        await client.SendAsync(
            new { text = "Good evening, pilots. ", voice_settings = new { }, context_id = "a", flush = true });

        await client.ReadUntilAsync(() => client.Audio("a").Length >= sent.Length);
    }

    [Theory]
    [InlineData(Dialogue, "")]
    [InlineData(Dialogues, "x")]
    public async Task A_dialogue_is_what_the_command_renders(string path, string context)
    {
        using SocketClient client = await OpenAsync(path, "");

        await client.SendAsync(
            new
            {
                context_id = context.Length > 0 ? context : null,
                voices = new[] { "adam@excited", "nova" },
                inputs = new[]
                {
                    new { text = "Good evening. ", voice_id = "adam@excited" },
                    new { text = "You too.", voice_id = "nova" },
                },
            },
            new { close_socket = true });
        await client.ReadToEndAsync();

        byte[] sent = await Upstream.DialogueAsync(Pcm, ("adam", "Good evening. "), ("nova", "You too."));
        byte[] rendered = await Residual.RenderAsync(sent, Pcm, "excited", Pcm);
        Assert.InRange(Residual.Between(rendered, client.Audio(context)), double.NegativeInfinity, -60);
        Assert.True((bool)client.Messages[^1]["is_final"]!);
        Assert.Equal(1_000, client.CloseCode);
    }

    [Fact]
    public async Task The_service_hears_the_caller_with_its_own_names_and_the_callers_key()
    {
        using SocketClient client = await OpenAsync(One, "adam@radio", Pcm, "&enable_logging=false", key: null);

        await client.SendAsync(
            new { text = " ", xi_api_key = "caller's", extra = 7, r3x = "excited" },
            new { text = "Hi. ", flush = true }, End);
        await client.ReadToEndAsync();

        ReceivedRequest asked = served.Upstream.Requests[^1];
        Assert.Equal("/v1/text-to-speech/adam/stream-input", asked.Path);
        Assert.Equal("false", asked.Query["enable_logging"]);
        Assert.DoesNotContain(asked.Query.Keys, k => k.StartsWith("r3x", StringComparison.Ordinal));
        JsonNode first = JsonNode.Parse(asked.Messages[0])!;
        Assert.Equal("caller's", first["xi_api_key"]!.ToString());
        Assert.Equal(7, (int)first["extra"]!);
        Assert.Null(first["r3x"]);
    }

    [Fact]
    public async Task An_error_and_its_code_are_the_services_own()
    {
        using SocketClient client = await OpenAsync(Many, "adam");

        await client.SendAsync(
            new { text = " ", voice_settings = new { }, context_id = "a" },
            new { text = "Hi. ", voice_settings = new { }, context_id = "a" });
        await client.ReadToEndAsync();

        Assert.Equal("invalid_message", client.Messages[^1]["error"]!.ToString());
        Assert.Equal(1_008, client.CloseCode);
    }

    [Fact]
    public async Task Of_a_service_that_dies_in_mid_line_all_that_came_is_heard()
    {
        const int Bytes = 30_000;
        served.Upstream.Behave(new Behaviour { DieAfterBytes = Bytes, ChunkBytes = 1_000 });
        using SocketClient client = await OpenAsync(One, "adam@dry");

        await client.SendAsync(Begin, new { text = "Good evening, pilots. " }, End);
        await client.ReadToEndAsync();

        byte[] sent = await Upstream.AudioAsync("adam", "Good evening, pilots. ", Pcm);
        Assert.Equal(sent[..Bytes], client.Audio());
        Assert.Equal(1_011, client.CloseCode);
    }

    [Fact]
    public async Task What_is_no_sound_is_refused_and_the_service_is_left()
    {
        served.Upstream.Behave(new Behaviour { Garbage = true });
        using SocketClient client = await OpenAsync(One, "adam", "mp3_44100_128");

        await client.SendAsync(Begin, new { text = "Good evening, pilots. " }, End);
        await client.ReadToEndAsync();

        Assert.Equal(1_011, client.CloseCode);
    }

    [Fact]
    public async Task A_caller_that_vanishes_takes_its_line_with_it()
    {
        served.Upstream.Behave(new Behaviour { StallAfterBytes = 8_192 });
        using SocketClient client = await OpenAsync(One, "adam");

        await client.SendAsync(Begin, new { text = "Good evening, pilots. " }, End);
        await client.ReadUntilAsync(() => client.Messages.Count > 0);
        client.Abort();

        ReceivedRequest asked = served.Upstream.Requests[^1];
        Assert.True(await asked.Cancelled.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    // A speaker of its own has no lines before this one to be as loud as.
    private static string NewSpeaker => $"socket speaker {Interlocked.Increment(ref s_speakers)}";

    private Task<SocketClient> OpenAsync(
        string path, string voice, string format = Pcm, string query = "", string? key = "key")
        => SocketClient.OpenAsync(served.Server, string.Format(null, path, voice)
            + $"?output_format={format}&r3x_seed=1&r3x_speaker={Uri.EscapeDataString(NewSpeaker)}{query}", key);

    private static async Task AssertRenderedAsync(string voice, string text, string preset, byte[] heard)
    {
        byte[] rendered = await Residual.RenderAsync(await Upstream.AudioAsync(voice, text, Pcm), Pcm, preset, Pcm);
        Assert.InRange(Residual.Between(rendered, heard), double.NegativeInfinity, -60);
    }
}
