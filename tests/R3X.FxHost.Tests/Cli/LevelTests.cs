using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>The command's levels: measured, left alone, repeated.</summary>
public sealed class LevelTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task The_gains_that_a_report_prints_repeat_the_line()
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, lines.Raw, 480, "render", "-", "-o", "-", "--input-format",
            "pcm_24000", "--output-format", "pcm_24000", "--report");
        run.Ended(0, "level: --starting-gains ", "following");
        string gains = Regex.Match(run.Errors, @"--starting-gains (\S+)").Groups[1].Value;
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.raw", "-o", "replayed.raw", "--input-format",
            "pcm_24000", "--output-format", "pcm_24000", "--starting-gains", gains)).Ended(0);
        Assert.Equal(run.Output, lines.Bytes("replayed.raw"));
    }

    [Fact]
    public async Task Level_off_says_nothing_of_gains()
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, "render", "line.raw", "-o", "off.wav", "--input-format",
            "pcm_24000", "--level", "off", "--report");
        run.Ended(0, "added latency");
        Assert.DoesNotContain("level:", run.Errors, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--level", "of", "off")]
    [InlineData("--starting-gains", "loud", "+3.25,-1.4")]
    public async Task A_wrong_word_is_answered_with_the_right_one(string option, string word, string right) =>
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "x.wav", option, word)).Ended(
            2, word, right);

    [Fact]
    public async Task Level_off_and_gains_do_not_go_together() =>
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "x.wav", "--level", "off",
            "--starting-gains", "0,0")).Ended(2, "--level off", "--starting-gains");
}
