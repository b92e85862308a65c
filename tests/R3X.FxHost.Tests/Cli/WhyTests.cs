using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Choosing a preset from the command line, and being told why.</summary>
public sealed class WhyTests : IClassFixture<SpokenLines>
{
    private readonly SpokenLines _lines;

    public WhyTests(SpokenLines lines)
    {
        _lines = lines;
        lines.Put("cast/host.yaml", "host: 1\ndefault: plain\n");
        lines.Put("cast/plain.yaml", "preset: 1\nname: Plain\nchain:\n  - limiter\n");
        lines.Put("cast/bright.yaml", "preset: 1\nuse-when:\n  - mood: [excited, happy]\n    cue: greeting\n  - words: "
            + "[yes]\n    letters: under 10\nchain:\n  - eq: { presence-gain: 6 dB }\n  - limiter\n");
        lines.Put("cast/broken.yaml", "preset: 1\nuse-when:\n  - speaker: rex\nchain:\n  - lmiter\n");
    }

    [Theory]
    [InlineData("--mood excited --cue greeting", "bright", "mood: excited or happy, cue: greeting")]
    [InlineData("--text Yes!", "bright", "words: yes, letters: under 10")]
    [InlineData("--mood excited", "plain", "is the default")]
    [InlineData("--mood excited --cue greeting --preset plain", "plain", "asked for by name")]
    [InlineData("--dry --mood excited", "dry", "No effects were asked for")]
    public async Task A_line_is_rendered_with_the_preset_that_its_traits_choose_and_the_report_says_why(
        string traits, string preset, string why)
    {
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder,
            ["render", "line.wav", "-o", "x.wav", "--presets", "cast", "--report", .. traits.Split(' ')]);
        run.Ended(0, $"preset {preset},", why);
    }

    [Fact]
    public async Task Why_lists_every_candidate_with_its_score_and_why_it_lost()
    {
        string text = (await R3xProcess.RunAsync(_lines.Folder, "presets", "why", "--presets", "cast", "--mood",
            "happy", "--cue", "greeting", "--text", "No.")).Ended(0).Text;
        Assert.Equal(
            """
            bright: The use-when of "bright" matched: mood: excited or happy, cue: greeting.

            preset  score  priority  why
            bright  2      0         chosen: mood: excited or happy, cue: greeting
            broken  -      0         no speaker was given; it takes rex
            plain   -      0         the default, which is for lines that nothing matches

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public async Task Why_as_json_says_the_same()
    {
        R3xRun run = (await R3xProcess.RunAsync(
            _lines.Folder, "presets", "why", "--presets", "cast", "--text", "yes", "--json")).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.Equal("bright", parsed.RootElement.GetProperty("preset").GetString());
        JsonElement first = parsed.RootElement.GetProperty("candidates")[0];
        Assert.Equal((2, true), (first.GetProperty("score").GetInt32(), first.GetProperty("isChosen").GetBoolean()));
        Assert.Equal(
            JsonValueKind.Null, parsed.RootElement.GetProperty("candidates")[1].GetProperty("score").ValueKind);
    }

    [Fact]
    public async Task A_broken_preset_that_would_have_been_chosen_costs_a_warning_and_not_the_line()
    {
        R3xRun run = await R3xProcess.RunAsync(
            _lines.Folder, "render", "line.wav", "-o", "y.wav", "--presets", "cast", "--speaker", "Rex", "--report");
        run.Ended(0, "preset plain,", "broken.yaml:5:5", "Write \"limiter\"");
        run = await R3xProcess.RunAsync(_lines.Folder, "presets", "why", "--presets", "cast", "--speaker", "Rex");
        Assert.Contains("matched (speaker: rex), but cannot be used: broken.yaml:5:5",
            run.Ended(0, "broken.yaml:5:5").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default: plian", "There is no preset \"plian\" here.")]
    [InlineData("default: broken", "broken.yaml:5:5")]
    public async Task A_default_that_cannot_be_used_costs_a_warning_and_not_the_line(string said, string why)
    {
        foreach (string file in (string[])["plain.yaml", "broken.yaml"])
            _lines.Put("spoilt/" + file, _lines.Bytes("cast/" + file));
        _lines.Put("spoilt/host.yaml", $"host: 1\n{said}\n");
        string[] line = ["render", "line.wav", "-o", "z.wav", "--presets", "spoilt"];
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, [.. line, "--report"]);
        run.Ended(0, "preset built-in,", why, "the built-in chain is used instead.");
        (await R3xProcess.RunAsync(_lines.Folder, [.. line, "--set", "comb.mix=40%"])).Ended(0, "built-in chain");
        string asked = said.Split(' ')[1];
        (await R3xProcess.RunAsync(_lines.Folder, [.. line, "--preset", asked])).Ended(2, why);
        run = await R3xProcess.RunAsync(_lines.Folder, "presets", "why", "--presets", "spoilt");
        Assert.StartsWith("built-in: The default ", run.Ended(0, why).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mood_that_no_preset_is_for_costs_a_warning_that_names_the_nearest()
    {
        string[] words = ["--presets", "cast", "--mood", "exited"];
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, ["render", "line.wav", "-o", "w.wav", .. words]);
        run.Ended(0, "No preset is for the mood \"exited\". Did you mean \"excited\"? There are: excited, happy.");
        (await R3xProcess.RunAsync(_lines.Folder, ["presets", "why", .. words])).Ended(0, "Did you mean \"excited\"?");
    }

    [Fact]
    public async Task Asking_why_for_a_preset_that_is_not_there_is_a_mistake() =>
        (await R3xProcess.RunAsync(_lines.Folder, "presets", "why", "--presets", "cast", "--preset", "brihgt")).Ended(
            2, "There is no preset \"brihgt\"", "Write \"bright\"");

    [Fact]
    public async Task Why_with_a_voice_measures_a_dry_line_and_says_which_of_the_two_base_presets_it_should_have()
    {
        string text = (await R3xProcess.RunAsync(_lines.Folder, "presets", "why", "--voice", "line.mp3")).Ended(0).Text;
        Assert.StartsWith("dj-r3x: dj-r3x brings the voice to ", text, StringComparison.Ordinal);
        Assert.Matches(@"\ndry +\d\.\d\d +\d\.\d\d +\d\.\d\d +\d\.\d\d\n", text);
        Assert.Matches(@"\ndj-r3x-clone +\d\.\d\d ", text);

        // A voice that sounds like him already: the same line with the droid's own sound, as dry.
        (await R3xProcess.RunAsync(_lines.Folder, "render", "line.mp3", "-o", "alike.wav", "-p", "dj-r3x")).Ended(0);
        string[] words = ["presets", "why", "--voice", "alike.wav", "--json"];
        R3xRun run = (await R3xProcess.RunAsync(_lines.Folder, words)).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.Equal("dj-r3x-clone", parsed.RootElement.GetProperty("take").GetString());
        JsonElement rows = parsed.RootElement.GetProperty("likeness");
        double[] likeness = [.. rows.EnumerateArray().Select(row => row.GetProperty("sound").GetDouble())];
        Assert.Equal(3, likeness.Length);
        Assert.True(likeness[2] < likeness[1]);
    }

    [Theory]
    [InlineData("--voice line.mp3 --mood happy", "does not go with", "Leave one of them out")]
    [InlineData("--voice nothing.wav", "nothing.wav")]
    [InlineData("--voice line.mp3 --presets cast", "There is no preset \"dj-r3x\"")]
    public async Task Why_with_a_voice_refuses_what_it_cannot_answer(string words, params string[] said) =>
        (await R3xProcess.RunAsync(_lines.Folder, ["presets", "why", .. words.Split(' ')])).Ended(2, said);
}
