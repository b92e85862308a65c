using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>The verbs that read and write files of presets, as people run them.</summary>
public sealed class PresetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-preset-files-").FullName;

    public PresetFileTests()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml"))
            File.Copy(file, PathOf(Path.GetFileName(file)));
        Write("mine", "preset: 1\nname: Mine   # me\nextends: neutral\n");
        Write("base", "preset: 1\nchain:\n  - comb: { mix: 30% }   # metal\n  - limiter\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Set_changes_a_value_and_says_what_it_was()
    {
        Assert.Equal("base.yaml:3: comb.mix is now 40%; it was 30%.\n",
            (await Run("set", "base", "comb.mix", "40%")).Ended(0).Text);
        Assert.Equal("preset: 1\nchain:\n  - comb: { mix: 40% }   # metal\n  - limiter\n", Text("base"));
        Assert.Equal(
            "base.yaml:3: comb.mix is 40% already.\n", (await Run("set", "base", "comb.mix", "40%")).Ended(0).Text);
    }

    [Fact]
    public async Task Set_takes_a_sentence_and_a_negative_value_without_quotes()
    {
        (await Run("set", "base", "comb.mix", "wobble", "20%", "to", "40%", "at", "1", "Hz")).Ended(0);
        (await Run("set", "base", "limiter.ceiling", "-3", "dB")).Ended(0);
        Assert.Equal("preset: 1\nchain:\n  - comb: { mix: wobble 20% to 40% at 1 Hz }   # metal\n  - limiter: { "
            + "ceiling: -3 dB }\n", Text("base").Replace(
                "  - limiter:\n      ceiling: -3 dB\n", "  - limiter: { ceiling: -3 dB }\n", StringComparison.Ordinal));
        (await Run("set", "mine", "match-loudness", "-18", "LUFS")).Ended(0);
        Assert.EndsWith("extends: neutral\nmatch-loudness: -18 LUFS\n", Text("mine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_works_on_a_file_by_its_path_with_its_parent_beside_it()
    {
        using var process = R3xProcess.Start(
            R3xProcess.Command(_folder, R3xProcess.Program, "presets", "set", "./mine.yaml", "comb.mix", "40%"));
        process.Input.Close();
        (await process.EndAsync()).Ended(0);
        Assert.Equal("preset: 1\nname: Mine   # me\nextends: neutral\nchange:\n  comb:\n    mix: 40%\n", Text("mine"));
    }

    [Theory]
    [InlineData(2, "above that", "base", "comb.mix", "400%")]
    [InlineData(2, "is not a setting of comb", "base", "comb.mx", "40%")]
    [InlineData(2, "Write \"base\"", "bsae", "comb.mix", "40%")]
    [InlineData(1, "changed by someone else", "base", "comb.mix", "40%", "--hash", "0123")]
    public async Task Set_refuses_what_cannot_be_and_leaves_the_file_alone(
        int exitCode, string said, params string[] words)
    {
        string before = Text("base");
        (await Run(["set", .. words])).Ended(exitCode, said);
        Assert.Equal(before, Text("base"));
    }

    [Fact]
    public async Task A_script_hands_on_the_hash_that_show_prints()
    {
        using var shown = JsonDocument.Parse((await Run("show", "base", "--json")).Ended(0).Output);
        string hash = shown.RootElement.GetProperty("hash").GetString()!;
        (await Run("set", "base", "comb.mix", "40%", "--hash", hash)).Ended(0);
        (await Run("set", "base", "comb.mix", "45%", "--hash", hash)).Ended(1, "changed by someone else");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_an_error_of_the_environment()
    {
        // Root may write everything, unless told otherwise.
        string withoutRights = Environment.UserName == "root" ? "setpriv --bounding-set=-dac_override " : "";
        (await R3xProcess.ShellAsync(_folder, $"chmod 400 base.yaml && {withoutRights}$R3X presets set base comb.mix "
            + $"40% --presets .")).Ended(1, "base.yaml", "may not write");
    }

    [Fact]
    public async Task Show_says_of_every_value_who_wrote_it()
    {
        (await Run("set", "mine", "comb.mix", "40%")).Ended(0);
        string[] rows = (await Run("show", "mine")).Ended(0).Text.Split('\n');
        Assert.Equal($"Mine (mine): {PathOf("mine.yaml")}", rows[0]);
        Assert.Equal(
            rows[1].IndexOf("from", StringComparison.Ordinal), rows[2].IndexOf("own", StringComparison.Ordinal));
        Assert.Matches(@"^comb\.mix +40% +own +mine\.yaml:6$", Row(rows, "comb.mix"));
        Assert.Matches(@"^comb\.delay +8 ms +parent +neutral\.yaml:\d+$", Row(rows, "comb.delay"));
        Assert.Matches(@"^match-loudness +\S+.*(default|parent +neutral\.yaml:\d+)$", Row(rows, "match-loudness"));
        Assert.Matches(@"^limiter +on +parent +neutral\.yaml:\d+$", Row(rows, "limiter"));
    }

    [Fact]
    public async Task Diff_says_in_words_what_differs()
    {
        Assert.EndsWith("neutral and mine do not differ in sound.\n",
            (await Run("diff", "neutral", "mine")).Ended(0).Text, StringComparison.Ordinal);
        (await Run("set", "mine", "comb.mix", "41%")).Ended(0);
        (await Run("set", "mine", "exciter", "bypass")).Ended(0);
        string[] said = (await Run("diff", "neutral", "mine")).Ended(0).Text.TrimEnd('\n').Split('\n');
        Assert.Equal("exciter is on in neutral, bypassed in mine.", said[0]);
        Assert.Matches(@"^comb\.mix is \d+% in neutral, 41% in mine\.$", Assert.Single(said.Skip(1)));
        using var json = JsonDocument.Parse((await Run("diff", "neutral", "mine", "--json")).Ended(0).Output);
        Assert.Contains(json.RootElement.EnumerateArray(), d => d.GetProperty("kind").GetString() == "Switch"
            && d.GetProperty("second").GetString() == "bypassed");
    }

    [Fact]
    public async Task New_begins_a_preset_and_overwrites_none()
    {
        Assert.StartsWith(PathOf("cheerful.yaml") + "\n",
            (await Run("new", "cheerful", "--from", "excited")).Ended(0).Text, StringComparison.Ordinal);
        Assert.Contains("\nextends: excited\n", Text("cheerful"), StringComparison.Ordinal);
        Assert.EndsWith("excited and cheerful do not differ in sound.\n",
            (await Run("diff", "excited", "cheerful")).Ended(0).Text, StringComparison.Ordinal);
        string written = Text("cheerful");
        (await Run("new", "cheerful")).Ended(2, "There is such a file already");
        (await Run("new", "../cheerful")).Ended(2, "cannot be a preset's id");
        Assert.Equal(written, Text("cheerful"));
    }

    [Fact]
    public async Task Import_writes_a_checked_preset_and_says_what_it_did()
    {
        string json = Repository.PathOf("tests", "fixtures", "presets", "import", "audio_effects.json");
        R3xRun run = (await Run("import", json, "--name", "classic")).Ended(
            0, "The limiter is the last step now. The earlier program ran it first");
        Assert.Equal(PathOf("classic.yaml") + "\n", run.Text);
        Assert.Equal(await File.ReadAllTextAsync(Path.ChangeExtension(json, ".yaml"),
            TestContext.Current.CancellationToken), Text("classic"));
        (await Run("import", json, "--name", "classic")).Ended(2, "There is such a file already");
        Assert.StartsWith("preset: 1\nname: \"Rex, the DJ\"\n", (await Run("import", json, "--name", "Rex, the DJ",
            "--out", "-")).Ended(0, "limiter").Text, StringComparison.Ordinal);
        (await Run("import", json, "--out", PathOf("elsewhere.yaml"))).Ended(0, "limiter");
        Assert.Contains("name: Elsewhere", Text("elsewhere"), StringComparison.Ordinal);
        (await Run("import", PathOf("nothing.json"))).Ended(2, "nothing.json");
        (await Run("import", PathOf("mine.yaml"))).Ended(2, "no proper JSON");
    }

    [Fact]
    public async Task Upgrade_shows_a_diff_and_changes_files_only_when_told_to()
    {
        const string Old = "# old\nname: Old\nchain:\n  - comb: { mix: 30% }   # metal\n  - limiter\n";
        Write("old", Old);
        R3xRun shown = (await Run("upgrade")).Ended(0, "1 preset to bring to version 1; --write does it.");
        Assert.Equal("--- old.yaml\n+++ old.yaml\n@@ -1,4 +1,5 @@\n # old\n+preset: 1\n name: Old\n chain:\n   - comb: "
            + "{ mix: 30% }   # metal\n", shown.Text);
        Assert.Equal(Old, Text("old"));
        (await Run("upgrade", PathOf("old.yaml"), "--write")).Ended(0, "1 preset brought to version 1.");
        Assert.Equal(Old.Replace("name:", "preset: 1\nname:", StringComparison.Ordinal), Text("old"));
        (await Run("upgrade")).Ended(0, "All are of version 1 already.");
        Write("newer", "preset: 2\nchain: []\n");
        (await Run("upgrade")).Ended(2,
            "This file is written in version 2 of its language; this program reads version 1.", "Update R3X.FxHost.");
        (await Run("upgrade", PathOf("gone.yaml"))).Ended(2, "There is no such file.");
    }

    private static string Row(string[] rows, string first) =>
        Assert.Single(rows, row => row.StartsWith(first + " ", StringComparison.Ordinal));

    private Task<R3xRun> Run(params string[] words) =>
        R3xProcess.RunAsync(_folder, ["presets", .. words, "--presets", _folder]);

    private string PathOf(string file) => Path.Combine(_folder, file);

    private string Text(string id) => File.ReadAllText(PathOf(id + ".yaml"));

    private void Write(string id, string text) => File.WriteAllText(PathOf(id + ".yaml"), text);
}
