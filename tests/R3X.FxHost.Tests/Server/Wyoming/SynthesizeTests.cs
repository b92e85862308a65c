using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

[Collection(WyomingTests.Name)]
public sealed class SynthesizeTests(WyomingServed served)
{
    [Fact]
    public async Task A_line_of_sentences_is_one_sound_as_the_command_renders_it()
    {
        using var python = new PythonClient(served.Port);

        JsonNode said = await python.SayAsync(Request("alloy@excited", seed: 3, ["Hello there. How are you? Well!"]));

        Assert.Equal("audio-start audio-chunk audio-stop", Types(said));
        Assert.Equal(TakeOf.Rate, (int)said["said"]![0]!["rate"]!);
        byte[] take = await TakeOf.SentencesAsync("alloy", "Hello there.", "How are you?", "Well!");
        await TakeOf.IsRenderedAsync(take, python.Sound, "excited", seed: 3);
    }

    [Fact]
    public async Task Text_in_pieces_is_spoken_once_and_ends_once()
    {
        using var python = new PythonClient(served.Port);
        JsonObject request = Request("en_US-lessac-medium@radio", seed: 4, ["One sen", "tence. And ano", "ther one."]);

        JsonNode said = await python.SayAsync(request);

        Assert.Equal("audio-start audio-chunk audio-stop synthesize-stopped", Types(said));
        byte[] take = await TakeOf.SentencesAsync("en_US-lessac-medium", "One sentence.", "And another one.");
        await TakeOf.IsRenderedAsync(take, python.Sound, "radio", seed: 4);
    }

    [Fact]
    public async Task A_voice_that_is_named_dry_comes_back_as_it_was_spoken()
    {
        using var python = new PythonClient(served.Port);

        await python.SayAsync(Request("rachel@dry", seed: 1, ["Nothing is done to this."]));

        Assert.Equal(await TakeOf.SentencesAsync("rachel", "Nothing is done to this."), python.Sound);
    }

    [Theory]
    [InlineData("adam", null, null, "radio")]
    [InlineData("adam", "waiter", null, "whisper")]
    [InlineData("adam@sad", "waiter", null, "sad")]
    [InlineData("adam@sad", null, """{"preset":"happy"}""", "happy")]
    [InlineData("adam", null, """{"mood":"excited"}""", "excited")]
    [InlineData("adam@no-such-preset", null, null, "dj-r3x")]
    [InlineData("adam@../presets/sad.yaml", null, null, "sad")]
    public async Task The_sound_is_chosen_by_the_context_the_voice_s_name_and_the_settings(
        string voice, string? speaker, string? field, string preset)
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        await socket.SendAsync("synthesize", new JsonObject
        {
            ["text"] = "Hm.",
            ["voice"] = new JsonObject { ["name"] = voice, ["speaker"] = speaker },
            ["context"] = field is null ? null : new JsonObject { ["r3x"] = JsonNode.Parse(field), ["kept"] = 1 },
        });

        JsonNode told = (await socket.ReceiveUntilAsync("audio-stop"))[0].Data["r3x"]!;

        Assert.Equal(preset, (string?)told["preset"]);
        Assert.Equal(preset == "dj-r3x", ((JsonArray)told["warnings"]!).Count > 0);
        string asked = served.Upstream.Requests[^1].Messages[^3];
        Assert.Contains("\"name\":\"adam\"", asked, System.StringComparison.Ordinal);
        Assert.DoesNotContain("r3x", asked, System.StringComparison.Ordinal);
        Assert.Equal(field is not null, asked.Contains("kept", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_of_one_connection_are_spoken_one_behind_the_other()
    {
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(served.Port);
        foreach (string text in (string[])["One.", "Two and three.", ""])
            await socket.SendAsync("synthesize", Request("clicks@dry", 1, [text]));

        byte[] first = WyomingSocket.SoundOf(await socket.ReceiveUntilAsync("audio-stop"));
        byte[] second = WyomingSocket.SoundOf(await socket.ReceiveUntilAsync("audio-stop"));
        string third = WyomingSocket.TypesOf(await socket.ReceiveUntilAsync("audio-stop"));

        Assert.Equal(await TakeOf.SentencesAsync("clicks", "One."), first);
        Assert.Equal(await TakeOf.SentencesAsync("clicks", "Two and three."), second);
        Assert.Equal("audio-stop", third);
    }

    private static JsonObject Request(string voice, int seed, string[] pieces)
    {
        var request = new JsonObject
        {
            ["voice"] = new JsonObject { ["name"] = voice },
            ["context"] = new JsonObject { ["r3x"] = new JsonObject { ["seed"] = seed } },
        };
        if (pieces.Length == 1)
            request["text"] = pieces[0];
        else
            request["pieces"] = new JsonArray([.. pieces.Select(static piece => JsonValue.Create(piece))]);
        return request;
    }

    private static string Types(JsonNode said) =>
        string.Join(' ', ((JsonArray)said["events"]!).Select(static type => (string?)type));
}
