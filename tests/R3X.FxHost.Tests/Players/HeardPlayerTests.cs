using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Players;

/// <summary>What is heard of a player into which a line is piped, recorded from a sound server's null sink.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class HeardPlayerTests(PulseServer sound, InstalledPlayers players, SpokenLines lines)
    : IClassFixture<InstalledPlayers>, IClassFixture<SpokenLines>
{
    // Frames behind a cut that are not looked at, and frames that tell where a piece belongs.
    private const int Fade = 960;
    private const int Window = 4_800;

    private const string Caller = """
        import subprocess, sys, time
        line = open(sys.argv[1], 'rb').read()
        player = subprocess.Popen(['mpv', '--no-cache', '--no-terminal', '--', 'fd://0'], stdin=subprocess.PIPE)
        for at in range(0, len(line), 4800):
            player.stdin.write(line[at:at + 4800])
            player.stdin.flush()
            time.sleep(0.01)
        player.stdin.close()
        sys.exit(player.wait())
        """;

    // At the sink's rate, so that nothing is resampled on the way.
    private string Line
    {
        get
        {
            string file = lines.PathOf("line48.wav");
            if (!File.Exists(file))
                lines.Ffmpeg("-i", "line.mp3", "-t", "1.5", "-ar", "48000", "-ac", "1", "line48.wav");
            return file;
        }
    }

    private Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>(sound.Environment) { ["R3X_SEED"] = "7" };
        foreach ((string name, string value) in more)
            environment[name] = value;
        return environment;
    }

    [Fact]
    public async Task A_line_piped_in_slowly_is_heard_as_render_writes_it_and_the_caller_gets_0()
    {
        float[] expected = await RenderAsync();
        float[] heard = [];
        for (int attempt = 0; attempt < BestOf.Tries && Residual.Of(expected, heard) > -60; attempt++)
        {
            long from = sound.Default.Position;
            using R3xProcess python = R3xProcess.Start(players.Command("python3", Environment(), "-c", Caller, Line));
            Assert.Equal(0, (await python.EndAsync()).ExitCode);
            heard = await HeardSince(from);
        }

        Assert.InRange(Residual.Of(expected, heard), double.NegativeInfinity, -60);
    }

    [Fact]
    public async Task When_the_server_dies_in_mid_line_the_rest_is_heard_and_nothing_twice()
    {
        const int SpokenMilliseconds = 500;
        float[] expected = await RenderAsync();
        using var server = new SpeakServer(static async request =>
        {
            await request.BeginEventsAsync();
            await request.TellAsync("queued");
            await request.ReadBodyAsync();
            await request.TellAsync("speaking", SpokenMilliseconds);
        });
        (int at, double residual) = (0, 0);
        for (int attempt = 0; attempt < BestOf.Tries && residual > -60; attempt++)
        {
            long from = sound.Default.Position;
            Dictionary<string, string> environment = Environment(("R3X_SERVE", server.Address));
            R3xRun run = await players.PipeAsync(await File.ReadAllBytesAsync(Line,
                TestContext.Current.CancellationToken), environment, "aplay", "-q", "-");
            run.Ended(0, server.Address, "goes on");
            (at, residual) = Placed(expected, await HeardSince(from));
        }

        Assert.InRange(residual, -300, -60);
        // How much later than there is the machine's affair: it goes on where the server, had it lived, would be.
        Assert.InRange(at, SpokenMilliseconds * 48, expected.Length);
    }

    [Fact]
    public async Task Killed_in_mid_line_it_is_silent_at_once()
    {
        long from = sound.Default.Position;
        using R3xProcess player = R3xProcess.Start(
            players.Command("mpv", Environment(), "--no-terminal", "-"));
        byte[] line = await File.ReadAllBytesAsync(Line, TestContext.Current.CancellationToken);
        await player.Input.WriteAsync(line, TestContext.Current.CancellationToken);
        await player.Input.FlushAsync(TestContext.Current.CancellationToken);
        long start = sound.Default.WaitForSound(from);
        player.Signal(15);
        // Its input is still open.
        (await player.EndAsync()).Ended(143);
        (_, long end) = sound.Default.WaitForSoundToEnd(start);
        Assert.InRange(end - start, 1, 48_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no sound at all, and it is longer than any header would be.")]
    public async Task What_holds_no_sound_is_read_to_its_end_and_said(string text)
    {
        byte[] garbage = new byte[text.Length == 0 ? 0 : 2_000_000];
        for (int at = 0; at < garbage.Length; at++)
            garbage[at] = (byte)text[at % text.Length];
        (await players.PipeAsync(garbage, Environment(), "mpv", "-")).Ended(0, "mpv: ");
    }

    // At which frame of the expected sound a recording of its end begins, and what is left of one without the other.
    private static (int At, double Residual) Placed(float[] expected, float[] heard)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int at = 0; at < expected.Length - Fade - Window; at++)
        {
            double difference = 0;
            for (int i = Fade; i < Fade + Window && difference < least; i += 7)
                difference += Math.Pow(expected[at + i] - (i < heard.Length ? heard[i] : 0), 2);
            (least, best) = difference < least ? (difference, at) : (least, best);
        }

        return (best, Residual.Of(expected.AsSpan(best + Fade), heard.AsSpan(Math.Min(Fade, heard.Length))));
    }

    private async Task<float[]> HeardSince(long from)
    {
        (long start, long end) = await Task.Run(() => sound.Default.WaitForSoundToEnd(from, 400));
        return sound.Default.Channel(0, start, end);
    }

    private async Task<float[]> RenderAsync()
    {
        byte[] line = await File.ReadAllBytesAsync(Line, TestContext.Current.CancellationToken);
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, line, 4_800, "render", "-", "-o", "-", "--preset",
            "neutral", "--seed", "7", "--output-format", "f32_48000");
        return MemoryMarshal.Cast<byte, float>(run.Output).ToArray();
    }
}
