using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>r3x bench</c>: whether its figures are there, never how large they are.</summary>
public sealed partial class BenchTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task Streams_through_the_server_are_heard_whole_while_others_do_not_behave()
    {
        R3xRun run = (await R3xProcess.RunAsync(
            lines.Folder, "bench", "--serve", "--streams", "4", "--seconds", "1", "--json")).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        JsonElement[] steps = [.. parsed.RootElement.GetProperty("steps").EnumerateArray()];
        Assert.Equal(["", "50 who take nothing", "1,000 half requests", "5,000 connects", "nobody, afterwards"],
            steps.Select(step => step.GetProperty("beside").GetString()));
        foreach (JsonElement step in steps)
        {
            Assert.Equal((4, 0, 0), (step.GetProperty("streams").GetInt32(), step.GetProperty("failed").GetInt32(),
                step.GetProperty("short").GetInt32()));
            Assert.True(step.GetProperty("blocks").GetInt32() > 0);
            Assert.True(step.GetProperty("serverCores").GetDouble() > 0);
            Assert.True(step.GetProperty("megabytes").GetDouble() > 0);
        }
    }

    [Fact]
    public async Task Every_figure_is_there_and_positive()
    {
        R3xRun run = (
            await R3xProcess.RunAsync(lines.Folder, "bench", "--seconds", "2", "--runs", "2", "--json")).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        JsonElement bench = parsed.RootElement;
        Assert.Equal(("neutral", 2.0, 44_100, 2), (
            bench.GetProperty("preset").GetString(), bench.GetProperty("seconds").GetDouble(),
                bench.GetProperty("sampleRate").GetInt32(), bench.GetProperty("runs").GetInt32()));

        Assert.Equal(
            ["full 1024", "full 512", "full 256", "full 441", "draft 1024", "draft 512", "draft 256", "draft 441"],
            bench.GetProperty("chain").EnumerateArray().Select(
                row => $"{row.GetProperty("quality").GetString()} {row.GetProperty("blockFrames").GetInt32()}"));
        foreach (JsonElement row in bench.GetProperty("chain").EnumerateArray())
        {
            AreInOrder(row.GetProperty("nsPerSample"));
            double real = 1e9 / (row.GetProperty("nsPerSample").GetProperty("median").GetDouble() * 44_100);
            Assert.Equal(real, row.GetProperty("timesRealTime").GetDouble(), real * 1e-6);
        }

        Assert.Equal(["ffmpeg", "sox", "r3x"],
            bench.GetProperty("programs").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        foreach (JsonElement row in bench.GetProperty("programs").EnumerateArray())
        {
            AreInOrder(row.GetProperty("wallSeconds"));
            AreInOrder(row.GetProperty("copySeconds"));
            AreInOrder(row.GetProperty("everyCoreSeconds"));
            Assert.StartsWith(
                row.GetProperty("name").GetString()!, row.GetProperty("command").GetString(), StringComparison.Ordinal);
        }

        Assert.True(bench.GetProperty("renderToFfmpeg").GetDouble() > 0);
        Assert.True(bench.GetProperty("renderToFfmpegOnEveryCore").GetDouble() > 0);
        JsonElement wait = bench.GetProperty("shortLine");
        AreInOrder(wait.GetProperty("renderSeconds"));
        AreInOrder(wait.GetProperty("startSeconds"));
        Assert.InRange(wait.GetProperty("startSeconds").GetProperty("lowest").GetDouble(), 0,
            wait.GetProperty("renderSeconds").GetProperty("lowest").GetDouble());
        Assert.Equal(100, bench.GetProperty("streams").GetProperty("count").GetInt32());
        Assert.True(bench.GetProperty("streams").GetProperty("ratio").GetDouble() > 0);
        Assert.True(bench.GetProperty("silenceToSpeech").GetDouble() > 0);
        Assert.True(bench.GetProperty("pinned").ValueKind == JsonValueKind.Number || !OperatingSystem.IsLinux());
    }

    [Fact]
    public async Task People_read_tables_with_the_commands_that_were_measured()
    {
        R3xRun run = (await R3xProcess.RunAsync(
            lines.Folder, "bench", "line.mp3", "--seconds", "2", "--runs", "1", "--preset", "radio")).Ended(0);
        foreach (string words in new[] { "radio, 2 s of line.mp3, 44100 Hz mono", "ns/sample",
            "times real time", "draft", "one after the other", "aexciter,asoftclip=type=tanh", "overdrive 3",
            "render in.wav -o out.wav --preset radio" })
            Assert.Contains(words, run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_is_not_installed_is_named_with_its_remedy_and_left_out()
    {
        ProcessStartInfo start = R3xProcess.Command(
            lines.Folder, R3xProcess.Program, "bench", "--seconds", "1", "--runs", "1");
        start.Environment["PATH"] = lines.PathOf("nothing-here");
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        R3xRun run = (await process.EndAsync()).Ended(
            0, "ffmpeg is not on the PATH", "sox is not on the PATH", "Install it: ");
        Assert.Equal(2, run.Errors.TrimEnd().Split('\n').Length);
        Assert.Contains("not installed", run.Text, StringComparison.Ordinal);
        Assert.Contains("silence behind speech", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("whole program, to ffmpeg", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench --seconds 0", "--seconds takes a whole number from 1 to 3600; \"0\" is none")]
    [InlineData("bench --seconds long", "--seconds takes a whole number from 1 to 3600; \"long\" is none")]
    [InlineData("bench --runs 1.5", "--runs takes a whole number from 1 to 99; \"1.5\" is none")]
    [InlineData("bench nowhere.wav", "nowhere.wav")]
    [InlineData("bench .", "is a folder")]
    [InlineData("bench --preset nutral", "There is no preset \"nutral\"")]
    [InlineData("bench --secnds 5", "Did you mean \"--seconds\"?")]
    public async Task A_mistake_is_named_with_its_remedy(string line, string said) =>
        Assert.Empty((await R3xProcess.RunAsync(lines.Folder, line.Split(' '))).Ended(2, said).Output);

    [Fact]
    public async Task Ctrl_C_leaves_no_temporary_file_behind()
    {
        string folder = lines.PathOf("temporary");
        Directory.CreateDirectory(folder);
        ProcessStartInfo start = OperatingSystem.IsLinux()
            ? R3xProcess.Command(
                lines.Folder, "env", ["--default-signal=INT", R3xProcess.Program, "bench", "--seconds", "600"])
            : R3xProcess.Command(lines.Folder, R3xProcess.Program, "bench", "--seconds", "600");
        start.Environment["TMPDIR"] = folder;
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        using (var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1)))
        {
            while (Directory.GetFiles(folder, "out.wav", SearchOption.AllDirectories).Length == 0)
                await Task.Delay(10, limit.Token);
        }

        Assert.Equal(0, Kill(process.Id, 2));
        (await process.EndAsync()).Ended(130, "Stopped");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder, "r3x-*"));
    }

    private static void AreInOrder(JsonElement figure)
    {
        Assert.True(figure.GetProperty("lowest").GetDouble() > 0);
        Assert.InRange(figure.GetProperty("median").GetDouble(), figure.GetProperty("lowest").GetDouble(),
            figure.GetProperty("highest").GetDouble());
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
