using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Players;

/// <summary>Players with a real <c>r3x serve</c>.</summary>
public sealed class RunningServerTests(InstalledPlayers players, QuietServer server)
    : IClassFixture<InstalledPlayers>, IClassFixture<QuietServer>
{
    private static readonly byte[] Line = File.ReadAllBytes(
        Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => new()
    {
        ["R3X_SERVE"] = server.Process.Address.ToString(),
        ["R3X_VERBOSE"] = "1",
    };

    [Fact]
    public async Task A_line_is_spoken_by_it_and_what_is_no_sound_is_said()
    {
        (await players.PipeAsync(Line, Environment, "ffplay", "-autoexit", "-", "-nodisp")).Ended(0, "spoken by");
        (await players.PipeAsync(new byte[10], Environment, "mpv", "-")).Ended(0, "spoken by", "failed");
    }

    [Theory]
    [InlineData(15)]
    [InlineData(9)]
    public async Task A_player_that_is_killed_is_silent_at_the_server(int signal)
    {
        using R3xProcess player = R3xProcess.Start(players.Command("mpv", Environment, "-"));
        await player.Input.WriteAsync(Line, Cancellation);
        await player.Input.FlushAsync(Cancellation);
        string? turn;
        while ((turn = (string?)(await QueueAsync())["turn"]) is null)
            await Task.Delay(20, Cancellation);
        player.Signal(signal);
        await player.EndAsync();

        JsonNode line;
        do
        {
            line = await GetAsync($"r3x/utterances/{turn}");
        }
        while ((string?)line["state"] is not ("done" or "interrupted" or "failed"));
        Assert.Equal("interrupted", (string?)line["state"]);
    }

    private Task<JsonNode> QueueAsync() => GetAsync("r3x/queue");

    private async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await server.Process.Client.GetStringAsync(path, Cancellation))!;
}
