using System;
using System.IO;
using System.Threading;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>The command in a pipe: the same samples however the bytes come, and the first before the last has
/// come.</summary>
public sealed class StreamingTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task A_piped_line_gives_the_same_file_bit_for_bit(int chunk)
    {
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", $"file{chunk}.wav", "--preset", "excited"))
            .Ended(0);
        (await R3xProcess.RunAsync(
            lines.Folder, lines.Mp3, chunk, "render", "-", "-o", $"pipe{chunk}.wav", "--preset", "excited")).Ended(0);
        Assert.Equal(lines.Bytes($"file{chunk}.wav"), lines.Bytes($"pipe{chunk}.wav"));
    }

    [Fact]
    public async Task The_same_command_writes_the_same_file_and_another_seed_another()
    {
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "first.wav")).Ended(0);
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "second.wav")).Ended(0);
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "-o", "other.wav", "--seed", "9")).Ended(0);
        Assert.Equal(lines.Bytes("first.wav"), lines.Bytes("second.wav"));
        Assert.NotEqual(lines.Bytes("first.wav"), lines.Bytes("other.wav"));
    }

    [Fact]
    public async Task A_pipe_on_both_sides_carries_the_same_samples_as_a_file()
    {
        string[] shape = ["--input-format", "pcm_24000", "--output-format", "pcm_24000", "--preset", "radio", "--level",
            "off"];
        (await R3xProcess.RunAsync(lines.Folder, ["render", "line.raw", "-o", "file.raw", .. shape])).Ended(0);
        R3xRun piped = (
            await R3xProcess.RunAsync(lines.Folder, lines.Raw, 1_001, ["render", "-", "-o", "-", .. shape])).Ended(0);
        Assert.Equal(lines.Bytes("file.raw"), piped.Output);
    }

    [Fact]
    public async Task The_first_processed_bytes_leave_while_the_line_is_still_arriving()
    {
        using R3xProcess r3x = R3xProcess.Start(
            R3xProcess.Command(lines.Folder, R3xProcess.Program, "render", "-", "-o", "-", "--input-format",
                "pcm_24000", "--output-format", "pcm_24000"),
            collectOutput: false);
        // A tenth of a second; then the writer pauses with the pipe open. Were anything held back, this would never be
        // read.
        const int Arrived = 4_800;
        await r3x.Input.WriteAsync(lines.Raw.AsMemory(0, Arrived), TestContext.Current.CancellationToken);
        await r3x.Input.FlushAsync(TestContext.Current.CancellationToken);
        // All but what the effects themselves delay, which is under 20 ms.
        byte[] heard = new byte[Arrived - 960];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await r3x.Output.ReadExactlyAsync(heard, limit.Token);
        r3x.Input.Close();
        var rest = new MemoryStream();
        await r3x.Output.CopyToAsync(rest, limit.Token);
        Assert.True(rest.Length >= 960);
        (await r3x.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task A_piped_wav_file_is_one_that_other_programs_read()
    {
        R3xRun piped = (await R3xProcess.RunAsync(lines.Folder, lines.Mp3, 0, "render", "-", "-o", "-")).Ended(0);
        lines.Put("piped.wav", piped.Output);
        Assert.Equal("44100", lines.Probe("piped.wav", "sample_rate"));
    }

    [Fact]
    public async Task Play_takes_a_stream_and_says_what_it_cost()
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, lines.Raw[..24_000], 480, "play", "-", "--input-format",
            "pcm_24000", "--device", "null", "--report");
        run.Ended(0, "standard input", "added latency", "utterance-1: waited", "first sound handed on after",
            " s of 0.500 s and its tail", "loudspeaker null", "done");
    }

    [Fact]
    public async Task Play_prints_its_report_as_json_for_programs()
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, lines.Raw[..24_000], 480, "play", "-", "--input-format",
            "pcm_24000", "--device", "null", "--json", "--dry");
        Assert.Equal(0, run.ExitCode);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonElement playback = report.RootElement.GetProperty("playback");
        Assert.Equal("done", playback.GetProperty("state").GetString());
        Assert.Equal("00:00:00.5000000", playback.GetProperty("heard").GetString());
    }
}
