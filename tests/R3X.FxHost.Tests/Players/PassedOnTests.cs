using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Players;

/// <summary>Uses of a player that are not "plays what is piped in".</summary>
public sealed class PassedOnTests(InstalledPlayers players) : IClassFixture<InstalledPlayers>
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("mpv", "--version")]
    [InlineData("mpv", "--no-video", "song.mp3")]
    [InlineData("mpv", "--", "--a file of that name.mp3", "")]
    [InlineData("mpv", "-", "song.mp3")]
    [InlineData("mpv", "--fs", "-")]
    [InlineData("mpv", "-ao", "null", "-")]
    [InlineData("mpv")]
    [InlineData("ffplay", "-nodisp", "-autoexit", "-i", "song.mp3")]
    [InlineData("ffplay", "-f", "s16be", "-nodisp", "-")]
    [InlineData("ffplay", "-version")]
    [InlineData("aplay", "-l")]
    [InlineData("aplay", "-q", "chime.wav")]
    [InlineData("aplay", "-d", "3", "-")]
    [InlineData("aplay", "-f", "S24_LE", "-r", "48000", "-t", "raw", "-")]
    [InlineData("aplay", "--an-option-of-tomorrow", "-")]
    [InlineData("paplay", "chime.wav")]
    [InlineData("paplay", "--raw", "--fix-rate", "-")]
    [InlineData("paplay", "--list-file-formats")]
    public async Task Any_other_use_goes_on_to_the_next_player_on_PATH(string player, params string[] arguments)
    {
        R3xRun run = await players.PipeAsync("the input"u8.ToArray(), Nothing, player, arguments);
        Assert.Equal((string.Concat(System.Linq.Enumerable.Select(arguments, static word => word + "|"))
            + (arguments.Length == 0 ? "|" : "") + "the input", "", 7), (run.Text, run.Errors, run.ExitCode));
    }

    [Fact]
    public async Task Where_there_is_no_real_one_it_says_so_and_how_to_install_it()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = players.Folder };
        R3xRun run = await players.PipeAsync([], environment, "aplay", "chime.wav");
        run.Ended(127, "the real aplay", players.Folder, "alsa-utils");
    }

    [Fact]
    public async Task Two_folders_of_players_on_PATH_end_at_the_real_one()
    {
        string second = Path.Combine(players.Folder, "second");
        (await R3xProcess.RunAsync(null, "install-player", second)).Ended(0);
        var environment = new Dictionary<string, string> { ["PATH"] =
            $"{players.Folder}:{second}:{players.Folder}/:{second}:{players.Real}:/bin:/usr/bin" };
        R3xRun run = await players.PipeAsync([], environment, "mpv", "song.mp3");
        Assert.Equal(("song.mp3|", 7), (run.Text, run.ExitCode));
    }

    [Fact]
    public async Task The_real_one_dies_of_a_broken_pipe_as_it_would_have()
    {
        string file = Path.Combine(players.Real, "mpv");
        string before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        File.Copy("/usr/bin/yes", file);
        try
        {
            // yes writes an error of its own where the signal is ignored.
            R3xRun run = await RunShellAsync("mpv y.mp3 | head -n 1; echo ${PIPESTATUS[0]}");
            Assert.Equal(("y.mp3\n141\n", ""), (run.Text, run.Errors));
        }
        finally
        {
            File.Delete(file);
            await File.WriteAllTextAsync(file, before, TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private async Task<R3xRun> RunShellAsync(string line)
    {
        using R3xProcess shell = R3xProcess.Start(players.Command("bash", Nothing, "-c", line));
        shell.Input.Close();
        return await shell.EndAsync();
    }
}
