using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What people see in a terminal, however wide it is.</summary>
public sealed class TerminalTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Theory]
    [InlineData("presets", 100)]
    [InlineData("presets", 60)]
    [InlineData("effects show comb", 50)]
    [InlineData("presets show radio", 70)]
    public async Task A_table_wraps_at_words(string listing, int columns)
    {
        string plain = (await R3xProcess.RunAsync(lines.Folder, listing.Split(' '))).Ended(0).Text;
        string[] seen = (await SeenAsync(columns, $"'$R3X' {listing}")).ReplaceLineEndings("\n").Split('\n');
        // A line above the table says what it is of.
        string[] rows = seen[(Array.FindIndex(seen, row => row.StartsWith('─')) - 1)..];
        plain = plain[plain.IndexOf(rows[0].Split(' ')[0], StringComparison.Ordinal)..];
        Assert.All(rows, row => Assert.InRange(row.TrimEnd('\r').Length, 0, columns));
        // Paths are cut where they have to be; words are not.
        string[] words = [.. Words(plain).Where(word => word.Length <= 20)];
        Assert.Empty(words.Except(Words(string.Join(' ', rows))));
    }

    [Fact]
    public async Task A_terminal_that_is_too_narrow_for_columns_gets_paragraphs()
    {
        string[] rows = (await SeenAsync(24, "'$R3X' presets")).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("radio", rows);
        Assert.Contains("  steps: band-pass,", rows);
        Assert.All(rows, row => Assert.InRange(row.Length, 0, 24));
    }

    [Theory]
    [InlineData(80, 63, 2)]
    [InlineData(50, 49, 2)]
    [InlineData(30, 29, 1)]
    [InlineData(12, 9, 0)]
    public async Task Levels_stay_in_one_row(int columns, int length, int bars)
    {
        string seen = await SeenAsync(columns, "'$R3X' play line.mp3 --dry --device null --levels");
        string[] drawn = [.. Regex.Replace(seen, @"\e\[\?7[lh]", "").Split("\r\e[K").Skip(1).SkipLast(1)];
        Assert.True(drawn.Length > 50);
        Assert.All(drawn, line => Assert.Equal(length, line.Length));
        Assert.All(drawn, line => Assert.Equal(bars, line.Count(letter => letter == '▕')));
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help render", "render --help")]
    [InlineData("help presets show", "presets show --help")]
    public async Task Help_may_be_asked_for_in_front(string asked, string usual) => Assert.Equal(
        (await R3xProcess.RunAsync(lines.Folder, usual.Split(' '))).Ended(0).Text,
        (await R3xProcess.RunAsync(lines.Folder, asked.Split(' '))).Ended(0).Text);

    [Fact]
    public async Task Help_for_a_verb_that_is_none_names_the_nearest()
    {
        (await R3xProcess.RunAsync(lines.Folder, "help", "rendr")).Ended(2, "\"rendr\"", "Did you mean \"render\"?");
        (await R3xProcess.RunAsync(lines.Folder, "help", "presets", "shw"))
            .Ended(2, "\"shw\"", "Did you mean \"show\"?");
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("render")]
    [InlineData("play")]
    [InlineData("audition")]
    [InlineData("analyze")]
    [InlineData("profile")]
    [InlineData("match")]
    [InlineData("effects")]
    [InlineData("presets")]
    [InlineData("presets why")]
    [InlineData("presets check")]
    [InlineData("presets schema")]
    [InlineData("presets set")]
    [InlineData("presets new")]
    [InlineData("presets import")]
    [InlineData("presets upgrade")]
    [InlineData("cache")]
    [InlineData("bench")]
    [InlineData("completion")]
    [InlineData("help")]
    public async Task Examples_can_be_pasted_whole(string verb)
    {
        string[] words = [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        string help = (await R3xProcess.RunAsync(lines.Folder, words)).Ended(0).Text;
        string examples = help[(help.IndexOf("Examples:\n", StringComparison.Ordinal) + 10)..];
        // What explains an example is a comment: blanks in front of anything else would be words for the command.
        Assert.DoesNotMatch(new Regex(@"\S {2,}(?!#)\S"), examples);
        (await R3xProcess.ShellAsync(lines.Folder, $"bash -n <<'EXAMPLES'\n{examples}\nEXAMPLES\n")).Ended(0);
    }

    private static string[] Words(string text) =>
        text.Split([' ', '\n', '\r', '─'], StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> SeenAsync(int columns, string command)
    {
        string line = $"script -qec \"stty cols {columns} rows 40; {command}\" /dev/null";
        R3xRun run = await R3xProcess.ShellAsync(lines.Folder, line);
        Assert.Equal(0, run.ExitCode);
        // What .NET says to a terminal about its keys.
        return run.Text.Replace("\e[?1h\e=", "", StringComparison.Ordinal);
    }
}
