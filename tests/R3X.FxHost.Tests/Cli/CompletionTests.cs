using System;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What bash offers when the tab key is pressed, asked of bash itself.</summary>
public sealed class CompletionTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Theory]
    [InlineData("r3x re", "render")]
    [InlineData("r3x ", "demo render play audition effects presets devices doctor completion")]
    [InlineData("r3x render --pre", "--preset --presets")]
    [InlineData("r3x render line.mp3 --preset ex", "excited")]
    [InlineData("r3x render line.mp3 --preset ", "excited neutral radio")]
    [InlineData("r3x render line.mp3 --bits ", "16 24 float")]
    [InlineData("r3x play line.mp3 --amount ", "0% 25% 50% 75% 100%")]
    [InlineData("r3x effects show co", "comb compressor")]
    [InlineData("r3x completion b", "bash")]
    [InlineData("r3x render line.mp3 --set comb.m", "comb.mix=")]
    [InlineData("r3x render line.mp3 --preset radio --set limiter",
        "limiter.ceiling= limiter.release= limiter.look-ahead= limiter=bypass")]
    [InlineData("r3x render line.mp3 --set comb=b", "bypass")]
    [InlineData("r3x rendr --pre", "")]
    public async Task Bash_completes(string typed, string offered)
    {
        R3xRun run = await R3xProcess.ShellAsync(lines.Folder, $$"""
            PATH="$(dirname "$R3X"):$PATH"
            source <(r3x completion bash)
            COMP_LINE='{{typed}}'
            COMP_POINT=${#COMP_LINE}
            # As readline cuts a line: at blanks, and at "=", which is a word of its own.
            read -r -a COMP_WORDS <<< "${COMP_LINE//=/ = }"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p r3x | sed 's/.*-F \([^ ]*\) .*/\1/') r3x
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        run.Ended(0);
        foreach (string word in offered.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Assert.Contains("\n" + word + "\n", "\n" + run.Text, StringComparison.Ordinal);
        if (typed[^1] != ' ')
            Assert.Equal(offered.Split(' ').Length, run.Text.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -c r3x")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Every_shell_gets_a_script_of_its_own(string shell, string command) =>
        Assert.Contains(command, (await R3xProcess.RunAsync(lines.Folder, "completion", shell)).Ended(0).Text,
            StringComparison.Ordinal);
}
