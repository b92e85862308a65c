using System;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>A command line that cannot be: exit code 2, and what to write instead.</summary>
public sealed class WrongUsageTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Theory]
    [InlineData("rendr line.mp3", "There is no verb \"rendr\". Did you mean \"render\"?", "See r3x --help")]
    [InlineData("effects shw", "There is no verb \"shw\" of effects. Did you mean \"show\"?", "See r3x effects --help")]
    [InlineData("render line.mp3 --prest radio -o x.wav", "There is no option \"--prest\". Did you mean \"--preset\"?",
        "See r3x render --help")]
    [InlineData("devices --jsn", "There is no option \"--jsn\". Did you mean \"--json\"?", "")]
    [InlineData("play line.mp3 --volume loud", "--volume takes a number", "\"loud\"")]
    [InlineData("render line.mp3 -o x.wav --seed -1", "--seed takes a whole number", "\"-1\"")]
    [InlineData("render line.mp3 -o x.wav --bits 12", "--bits takes 16, 24 or float", "\"12\"")]
    [InlineData("render -o x.wav", "'IN'", "See r3x render --help")]
    [InlineData("render line.mp3", "-o out.wav", "")]
    [InlineData("effects show", "'ID'", "See r3x effects show --help")]
    [InlineData("effects show cmb", "There is no effect \"cmb\". Did you mean \"comb\"?", "")]
    [InlineData("completion bsh", "bash, zsh, fish or pwsh", "")]
    [InlineData("render line.mp3 -o x.wav --preset exited", "There is no preset \"exited\"", "Write \"excited\"")]
    [InlineData("render line.mp3 -o x.wav --dry --preset radio", "--dry", "--preset")]
    [InlineData("render line.mp3 -o x.wav --dry --set comb.mix=1%", "--dry", "--set")]
    [InlineData("render line.mp3 -o x.wav --set comb.mxi=40%", "\"mxi\" is not a setting of comb", "Write \"mix\"")]
    [InlineData("render line.mp3 -o x.wav --set cmb.mix=40%", "\"cmb\" is not a step", "Write \"comb\"")]
    [InlineData("render line.mp3 -o x.wav --set comb.mix=400%", "0% to 100%", "above")]
    [InlineData("render line.mp3 -o x.wav --set comb.mix", "STEP.SETTING=VALUE", "")]
    [InlineData("render line.mp3 -o x.wav --presets nowhere", "--presets nowhere: there is no such folder", "")]
    [InlineData("effects --plugins nowhere", "--plugins nowhere: there is no such folder", "")]
    [InlineData("render line.mp3 -o x.wav --output-format pmc_24000", "pmc_24000", "Did you mean")]
    [InlineData("render line.mp3 -o x.xyz", "no audio format ends in .xyz", "--output-format wav")]
    [InlineData("render line.mp3 -o line.mp3", "is the input itself", "line.mp3")]
    [InlineData("render line.mp3 line.wav -o -", "2 files", "-o FOLDER")]
    [InlineData("render line.mp3 line.wav -o folder/", "would both be written", "line.wav")]
    [InlineData("render - -o folder/", "no name", "-o out.wav")]
    [InlineData("audition -", "has to be a file", "")]
    [InlineData(
        "presets chek", "There is no verb \"chek\" of presets. Did you mean \"check\"?", "See r3x presets --help")]
    [InlineData("presets check --json --sarif", "--json", "--sarif")]
    [InlineData("presets why --moood happy", "There is no option \"--moood\". Did you mean \"--mood\"?", "")]
    public async Task A_mistake_is_named_with_its_remedy(string line, string said, string and)
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, line.Split(' '))).Ended(2, said, and);
        Assert.StartsWith("r3x: ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_bare_command_shows_its_help_and_counts_as_a_mistake() =>
        Assert.Empty((await R3xProcess.RunAsync(lines.Folder)).Ended(2, "render", "Examples:", "r3x demo").Output);

    [Fact]
    public async Task A_preset_with_three_mistakes_brings_three_messages_in_one_form()
    {
        lines.Put("three.yaml", "preset: 1\nname: Three\nabout: All wrong.\nchain:\n  - eq:\n      hgh-pass: 100 Hz\n  "
            + "- comb:\n      mix: 35 dB\n      delay: 8\n");
        R3xRun run = await R3xProcess.RunAsync(
            lines.Folder, "render", "line.mp3", "-o", "x.wav", "--preset", "three.yaml");
        run.Ended(
            2,
            "three.yaml:6:7  \"hgh-pass\" is not a setting of eq.\n 6 |       hgh-pass: 100 Hz\n   |       ^~~~~~~~\n "
                + "Write \"high-pass\".",
            "three.yaml:8:12  mix is a percentage from 0% to 100%; \"35 dB\" is a level.\n 8 |       mix: 35 dB\n   |  "
                + "          ^~~~~\n Write \"35%\".",
            "three.yaml:9:14  delay is a time from 0.5 ms to 30 ms; \"8\" has no unit.\n 9 |       delay: 8\n   |      "
                + "        ^\n Write \"8 ms\".");
    }

    [Fact]
    public async Task What_is_wrong_with_host_yaml_is_said_and_costs_nothing_else()
    {
        lines.Put("house/host.yaml", "host: 1\ndefualt: neutral\n");
        lines.Put("house/neutral.yaml", "preset: 1\nname: N\nabout: x\nchain:\n  - comb\n");
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "house/x.wav", "--presets", "house"))
            .Ended(0, "warning", "host.yaml:2:1", "\"default\"");
    }
}
