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
            (await python.EndAsync()).Ended(0);
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
        double best = 0;
        int longest = 0;
        for (int attempt = 0; attempt < BestOf.Tries && best > -60; attempt++)
        {
            long from = sound.Default.Position;
            Dictionary<string, string> environment = Environment(("R3X_SERVE", server.Address));
            R3xRun run = await players.PipeAsync(await File.ReadAllBytesAsync(Line,
                TestContext.Current.CancellationToken), environment, "aplay", "-q", "-");
            run.Ended(0, server.Address, "goes on");
            float[] heard = await HeardSince(from);
            longest = Math.Max(longest, heard.Length);
            // Where exactly it goes on is the machine's affair: it may have been late to notice.
            best = Math.Min(best, ResidualOfEnd(expected, heard));
        }

        Assert.InRange(best, -300, -60);
        Assert.InRange(longest, 1, expected.Length - (SpokenMilliseconds * 48));
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

    // The residual of the end of the expected sound against a recording of it.
    private static double ResidualOfEnd(float[] expected, float[] heard)
    {
        int end = expected.AsSpan().LastIndexOfAnyExcept(0f) + 1;
        int from = Math.Max(0, end - heard.Length);
        // What the recording begins with is a cut, and neither a fade nor silence.
        return Residual.Of(expected.AsSpan(from + 960, end - from - 960), heard.AsSpan(960));
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
