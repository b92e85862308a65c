using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

public sealed class ElevenLabsSdkTests(SpokenBySdk spoken) : IClassFixture<SpokenBySdk>
{
    private const string Pcm = "pcm_24000";

    [Fact]
    public async Task Convert_gives_what_the_command_renders()
        => await AssertRenderedAsync(Audio(spoken["convert"]), "excited");

    [Fact]
    public async Task Lines_with_times_give_what_the_command_renders()
        => await AssertRenderedAsync(
            [.. spoken["spoken lines"]["parts"]!.AsArray().SelectMany(p => Audio(p!, "audioBase64"))], "excited");

    [Fact]
    public async Task Stream_gives_the_whole_line_as_mp3_where_nothing_else_is_asked_for()
    {
        byte[] heard = Audio(spoken["stream"]);

        byte[] sent = await Upstream.AudioAsync("adam", SpokenBySdk.Text, "mp3_44100_128");
        double expected = Sound.Decode(await Residual.RenderAsync(sent, null, "excited", "wav")).Length / 44_100.0;
        Assert.InRange(Sound.Decode(heard).Length / 44_100.0, expected - 0.001, expected + 0.1);
    }

    [Fact]
    public void Times_of_an_object_are_where_the_sound_is()
    {
        JsonObject answer = spoken["object"];

        Clicks.AssertAt(Sound.Decode(Audio(answer, "audioBase64")), Starts(answer["alignment"]!));
        Clicks.AssertAt(Sound.Decode(Audio(answer, "audioBase64")), Starts(answer["normalizedAlignment"]!));
    }

    [Fact]
    public void Times_of_lines_are_where_the_sound_is()
    {
        JsonArray parts = spoken["lines"]["parts"]!.AsArray();

        byte[] heard = [.. parts.SelectMany(p => Audio(p!, "audioBase64"))];
        Clicks.AssertAt(Sound.Decode(heard), [.. parts.SelectMany(p => p!["alignment"] is { } a ? Starts(a) : [])]);
        Assert.Equal(7, (int)parts[0]!["other_field"]!);
    }

    [Theory]
    [InlineData("dialogue")]
    [InlineData("dialogue stream")]
    public async Task A_dialogue_gives_what_the_command_renders(string call)
    {
        byte[] sent = await Upstream.DialogueAsync(Pcm, ("adam", "Good evening. "), ("nova", "You too."));
        byte[] rendered = await Residual.RenderAsync(sent, Pcm, "excited", Pcm);
        Assert.InRange(Residual.Between(rendered, Audio(spoken[call])), double.NegativeInfinity, -60);
    }

    [Theory]
    [InlineData("dialogue object", false)]
    [InlineData("dialogue lines", true)]
    public void Segments_of_a_dialogue_move_with_its_times(string call, bool isLines)
    {
        JsonNode part = isLines ? spoken[call]["parts"]![0]! : spoken[call];
        JsonArray segments = part["voiceSegments"]!.AsArray();

        Assert.Equal("adam", segments[0]!["voiceId"]!.ToString());
        double start = (double)segments[0]!["startTimeSeconds"]!;
        Assert.Equal((double)part["alignment"]!["characterStartTimesSeconds"]![0]!, start, 3);
        // What two encoders of MP3 and their decoders are late by.
        Assert.InRange(start, 0.045, 0.055);
    }

    [Fact]
    public void Voices_are_offered_with_every_preset()
    {
        foreach (string call in (string[])["voices", "found voices"])
        {
            Dictionary<string, string> names = spoken[call]["voices"]!.AsArray().ToDictionary(
                v => v!["voiceId"]!.ToString(), v => v!["name"]!.ToString());
            Assert.Equal("adam", names["adam"]);
            Assert.Equal("adam (Excited)", names["adam@excited"]);
            Assert.Contains("nova@dry", names.Keys);
        }

        Assert.Equal(
            spoken["found voices"]["voices"]!.AsArray().Count, (int)spoken["found voices"]["totalCount"]!);
    }

    [Fact]
    public async Task The_rest_passes_through()
    {
        Assert.Equal("eleven_flash_v2_5", spoken["models"]["models"]![0]!["modelId"]!.ToString());
        Assert.Equal("u1", spoken["user"]["userId"]!.ToString());
        Assert.Equal(
            await Upstream.AudioAsync("adam", "This is the other voice.", "mp3_44100_128"),
            Audio(spoken["other voice"]));
    }

    [Fact]
    public void An_error_is_the_services_own()
    {
        Assert.Equal(404, (int)spoken["nobody"]["status"]!);
        Assert.Equal("There is no voice nobody.", spoken["nobody"]["body"]!["detail"]!["message"]!.ToString());
    }

    private static async Task AssertRenderedAsync(byte[] heard, string preset)
    {
        byte[] sent = await Upstream.AudioAsync("adam", SpokenBySdk.Text, Pcm);
        byte[] rendered = await Residual.RenderAsync(sent, Pcm, preset, Pcm);
        Assert.InRange(Residual.Between(rendered, heard), double.NegativeInfinity, -60);
    }

    private static byte[] Audio(JsonNode answer, string field = "audio")
    {
        Assert.True(answer[field] is not null, answer.ToJsonString());
        return Convert.FromBase64String(answer[field]!.ToString());
    }

    private static IEnumerable<(string, double)> Starts(JsonNode alignment)
        => alignment["characters"]!.AsArray().Zip(alignment["characterStartTimesSeconds"]!.AsArray(),
            (c, t) => (c!.ToString(), (double)t!));
}
