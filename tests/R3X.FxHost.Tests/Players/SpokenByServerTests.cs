using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Players;

/// <summary>What a player sends to a server that runs, and what it does when that fails.</summary>
public sealed class SpokenByServerTests(InstalledPlayers players) : IClassFixture<InstalledPlayers>
{
    private const string OfRealtimeTts = "mpv --audio-device=pulse/x --no-terminal --stream-buffer-size=4096 "
        + "--demuxer-max-bytes=4096 --cache=no --cache-secs=0 -- fd://0";

    // Whole frames of any format.
    private static readonly byte[] Sound = [.. Enumerable.Range(0, 4_800).Select(static at => (byte)(at * 7))];

    [Theory]
    [InlineData("mpv --no-cache --no-terminal -- fd://0", null)]
    [InlineData("mpv -", null)]
    [InlineData("mpv -ao pulse -really-quiet /dev/stdin", null)]
    [InlineData(OfRealtimeTts, null)]
    [InlineData("mpv --demuxer=rawaudio --demuxer-rawaudio-rate=24000 --demuxer-rawaudio-channels=mono -", "pcm_24000")]
    [InlineData("ffplay -autoexit - -nodisp", null)]
    [InlineData("ffplay -autoexit -nodisp -i pipe:0", null)]
    [InlineData("ffplay -loglevel quiet -f s16le -ar 24000 -ch_layout mono -nodisp -autoexit -", "pcm_24000")]
    [InlineData("ffplay -f mp3 -nodisp -autoexit -i -", null)]
    [InlineData("aplay -r 22050 -f S16_LE -t raw -", "pcm_22050")]
    [InlineData("aplay -q -", null)]
    [InlineData("aplay -D plughw:1,0 -c 1 -r16 -f s16_le", "pcm_16000")]
    [InlineData("aplay -qfcd -traw /dev/stdin", "pcm_44100_stereo")]
    [InlineData("aplay --rate=8000 --format MU_LAW -t raw -- -", "ulaw_8000")]
    [InlineData("paplay", null)]
    [InlineData("paplay --raw", "pcm_44100_stereo")]
    [InlineData("paplay --raw --rate=24000 --channels=1 --format=s16le /dev/stdin", "pcm_24000")]
    [InlineData("paplay --raw --format=float32le --channels 1 --rate 48000 --latency-msec=20", "f32_48000")]
    public async Task What_is_piped_into_it_arrives_as_it_is_with_its_format(string line, string? format)
    {
        using SpeakServer server = SpeakServer.ThatSpeaks();
        string[] words = line.Split(' ');
        (await players.PipeAsync(Sound, server.Environment, words[0], words[1..])).Ended(0);
        SpeakRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/r3x/speak", format),
            (request.Method, request.Uri.AbsolutePath, request.Query("input_format")));
        Assert.Equal(Sound, request.Body);
    }

    [Fact]
    public async Task Samples_that_no_format_names_get_a_header_and_those_that_have_one_do_not()
    {
        using SpeakServer server = SpeakServer.ThatSpeaks();
        string[] arguments = ["-f", "S32_LE", "-r", "48000", "-c", "2", "-"];
        (await players.PipeAsync(Sound, server.Environment, "aplay", arguments)).Ended(0);
        byte[] wav = SpokenLines.Wav(Sound, Sound.Length);
        (await players.PipeAsync(wav, server.Environment, "aplay", arguments)).Ended(0);

        byte[] sent = server.Requests[0].Body;
        Assert.Equal(Sound, sent[44..]);
        Assert.Equal((1, 2, 48_000, 8, 32), (BitConverter.ToInt16(sent, 20), BitConverter.ToInt16(sent, 22),
            BitConverter.ToInt32(sent, 24), BitConverter.ToInt16(sent, 32), BitConverter.ToInt16(sent, 34)));
        Assert.Equal(wav, server.Requests[1].Body);
    }

    [Fact]
    public async Task The_sound_comes_from_the_environment_before_what_was_installed_and_the_token_goes_with_it()
    {
        using SpeakServer server = SpeakServer.ThatSpeaks();
        (await players.PipeAsync(Sound, server.Environment, "mpv", "-")).Ended(0);
        var environment = new Dictionary<string, string>(server.Environment)
        {
            ["R3X_PRESET"] = "radio",
            ["R3X_MOOD"] = "a & b",
            ["R3X_AMOUNT"] = "70%",
            ["R3X_TOKEN"] = "secret",
        };
        (await players.PipeAsync(Sound, environment, "mpv", "-")).Ended(0);

        Assert.Equal("neutral", server.Requests[0].Query("preset"));
        Assert.False(server.Requests[0].Headers.ContainsKey("Authorization"));
        SpeakRequest second = server.Requests[1];
        Assert.Equal(("radio", "a & b", "70%", "Bearer secret"), (second.Query("preset"), second.Query("mood"),
            second.Query("amount"), second.Headers["Authorization"]));
    }

    [Fact]
    public async Task It_ends_when_the_server_says_that_the_last_sample_was_heard_with_its_warnings()
    {
        var heard = new TaskCompletionSource();
        var read = new TaskCompletionSource();
        using var server = new SpeakServer(async request =>
        {
            await request.BeginEventsAsync();
            await request.TellAsync("queued");
            await request.ReadBodyAsync();
            read.SetResult();
            await heard.Task;
            await request.TellAsync("done", 100, ",\"warnings\":[\"A warning.\"]");
        });
        Task<R3xRun> run = players.PipeAsync(Sound, server.Environment, "mpv", "-");
        await read.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);
        heard.SetResult();
        (await run).Ended(0, "A warning.");
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 52\r\n\r\n"
        + "{\"error\":{\"message\":\"Too many lines\",\"fix\":\"Wait.\"}}", "503: Too many lines Wait.")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot found", "404: Not found")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<html>hello</html>", "in the middle of the line")]
    [InlineData("220 mail.example.com ESMTP\r\n", "no HTTP server")]
    [InlineData("", "was closed")]
    public async Task A_server_that_fails_costs_a_warning_and_the_line_goes_on_without_it(string answer, string said)
    {
        using var server = new SpeakServer(request => request.WriteAsync(answer));
        // There is no loudspeaker here: that it is missed shows that the line went on.
        byte[] megabytes = new byte[3_000_000];
        R3xRun run = await players.PipeAsync(megabytes, server.Environment, "aplay", "-f", "cd", "-");
        run.Ended(0, said, "No loudspeaker was found");
    }

    [Theory]
    [InlineData("done")]
    [InlineData("interrupted")]
    public async Task Input_is_read_to_its_end_when_the_line_is_over_before(string state)
    {
        using var server = new SpeakServer(async request =>
        {
            await request.BeginEventsAsync();
            await request.TellAsync("queued");
            await request.ReadBodyAsync(most: 1);
            await request.TellAsync(state);
        });
        (await players.PipeAsync(new byte[3_000_000], server.Environment, "mpv", "-")).Ended(0);
    }

    [Fact]
    public async Task A_signal_interrupts_the_line_at_the_server()
    {
        var speaking = new TaskCompletionSource();
        using var server = new SpeakServer(async request =>
        {
            if (request.Method == "DELETE")
            {
                await request.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
                return;
            }

            await request.BeginEventsAsync();
            await request.TellAsync("speaking");
            await request.ReadBodyAsync(most: 1);
            speaking.SetResult();
            await request.ReadBodyAsync();
        });
        using R3xProcess player = R3xProcess.Start(players.Command("mpv", server.Environment, "-"));
        await player.Input.WriteAsync(Sound, TestContext.Current.CancellationToken);
        await player.Input.FlushAsync(TestContext.Current.CancellationToken);
        await speaking.Task.WaitAsync(TestContext.Current.CancellationToken);
        player.Signal(15);
        (await player.EndAsync()).Ended(143);

        SpeakRequest interruption = server.Requests.Last();
        Assert.Equal(("DELETE", "/r3x/utterances/utterance-1"), (interruption.Method, interruption.Uri.AbsolutePath));
    }
}
