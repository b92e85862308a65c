using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Checking presets from the command line.</summary>
public sealed class CheckTests : IClassFixture<SpokenLines>
{
    private const string Good = "preset: 1\nname: Good\nchain:\n  - eq\n  - limiter\n";
    private readonly SpokenLines _lines;

    public CheckTests(SpokenLines lines)
    {
        _lines = lines;
        lines.Put("good/host.yaml", "host: 1\ndefault: plain\n");
        lines.Put("good/plain.yaml", Good);
        lines.Put("bad/host.yaml", "host: 1\ndefault: plian\n");
        lines.Put("bad/plain.yaml", Good);
        lines.Put("bad/wrong.yaml", "preset: 1\nchain:\n  - ring-mod:\n      frq: 460 Hz\n      mix: 35 dB\n  - "
            + "limiter\n  - nonesuch\n  - eq\n");
        lines.Put("bad/round.yaml", "preset: 1\nextends: trip\n");
        lines.Put("bad/trip.yaml", "preset: 1\nextends: round\n");
        lines.Put("late/slow.yaml", "preset: 1\nchain:\n" + string.Concat(
            Enumerable.Range(1, 12).Select(i => FormattableString.Invariant(
                $"  - limiter-{i}: {{ effect: limiter, look-ahead: {(i == 7 ? 5 : 4)} ms }}\n"))));
        lines.Put("late/slow-child.yaml", "preset: 1\nextends: slow\n");
    }

    [Fact]
    public async Task The_presets_of_the_checkout_are_sound() =>
        Assert.EndsWith(": nothing is wrong.\n",
            (await R3xProcess.RunAsync(_lines.Folder, "presets", "check")).Ended(0).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_sound_folder_takes_one_line() =>
        Assert.Equal("2 files: nothing is wrong.\n",
            (await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "good")).Ended(0).Text);

    [Fact]
    public async Task A_file_under_a_wrong_name_is_explained_and_what_editors_leave_is_not_looked_at()
    {
        string[] left = ["._right.yaml", ".#right.yaml", "right.yaml~", "#right.yaml#"];
        foreach (string name in (string[])["right.yaml", "a.yml", "b.YAML", "c.yaml.txt", .. left])
            _lines.Put("named/" + name, "preset: 1\nchain: [limiter]\n");
        string text = (await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "named")).Ended(0).Text;
        foreach (string right in (string[])["Rename it to a.yaml.", "Rename it to b.yaml.", "Rename it to c.yaml."])
            Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.EndsWith("\n4 files: 3 warnings.\n", text, StringComparison.Ordinal);
        text = (await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "named/a.yml")).Ended(0).Text;
        Assert.EndsWith("\n1 file: 1 warning.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_every_file_is_shown_with_its_place_and_its_fix()
    {
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "--presets", "bad");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Errors);
        foreach (string words in (string[])[
            "bad/host.yaml:2:10  Warning: There is no preset \"plian\" beside this file, so lines that nothing else "
                + "chooses for"
            + " are spoken with the default before it, or the built-in chain.\n 2 | default: plian\n   |          "
                + "^~~~~\n Write \"plain\".",
            "bad/wrong.yaml:4:7  \"frq\" is not a setting of ring-mod.\n 4 |       frq: 460 Hz\n   |       ^~~\n Write "
                + "\"frequency\".",
            "bad/wrong.yaml:5:12  mix is a percentage from 0% to 100%; \"35 dB\" is a level.\n 5 |       mix: 35 dB\n  "
                + " |            ^~~~~\n Write \"35%\".",
            "bad/wrong.yaml:6:5  Warning: Steps follow behind \"limiter\"",
            "bad/wrong.yaml:7:5  \"nonesuch\" is not an effect in ",
            "bad/round.yaml:2:10  Presets extend each other in a circle:\n   round (bad/round.yaml:2) extends trip "
                + "(bad/trip.yaml:2) extends round\n Remove \"extends\" from one of them.",
            "\n5 files: 5 mistakes, 2 warnings.\n",
        ])
        {
            Assert.Contains(words, run.Text, StringComparison.Ordinal);
        }

        // The folders that were searched for the effect.
        Assert.Contains(Repository.PathOf("plugins"), run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_more_than_20_ms_is_warned_of_and_costs_nothing()
    {
        string text = (await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "late")).Ended(0).Text;
        Assert.Matches(
            @"(?m)^late/slow\.yaml:9:5  Warning: The chain delays the voice by 5\d(\.\d)? ms, "
            + "more than the 20 ms promised; "
            + @"""limiter-7"" \(limiter\) takes 5(\.\d)? ms of it\.$",
            text);
        Assert.Contains(" Remove \"limiter-7\", unless lines may be heard later.\n", text, StringComparison.Ordinal);
        Assert.Contains("late/slow-child.yaml:2:10  Warning: The chain delays", text, StringComparison.Ordinal);
        Assert.Contains(" Write \"limiter-7: bypass\" under \"change:\", unless lines may be heard later.\n", text,
            StringComparison.Ordinal);
        Assert.EndsWith("2 files: 2 warnings.\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "bad/wrong.yaml:4:7")]
    [InlineData("wrong.yaml", "bad/wrong.yaml:4:7")]
    [InlineData("bad/wrong.yaml", "bad/wrong.yaml:4:7")]
    [InlineData("wrnog", "Write \"wrong\".")]
    [InlineData("bad/wrnog.yaml", "There is no such file.")]
    public async Task A_file_is_named_by_its_id_or_its_path(string word, string said)
    {
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "--presets", "bad", word);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("round", run.Text.Replace("There are: plain, round", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_and_cannot_be_read_is_the_environments_fault()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "There is no file here that nobody can read.");
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "/proc/self/mem");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("could not be read", run.Text, StringComparison.Ordinal);
    }
}
