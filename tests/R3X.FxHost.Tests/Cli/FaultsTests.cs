using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Faults;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>The faults of effects, from one run of the command to the next.</summary>
public sealed class FaultsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-cli-faults-");
    private readonly PluginFolders _plugins = new();

    public void Dispose()
    {
        _plugins.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_an_effect_did_wrong_is_listed_shown_brought_about_again_and_forgotten()
    {
        Assert.StartsWith("No effect has done anything wrong", (await RunAsync("faults")).Ended(0).Text,
            StringComparison.Ordinal);
        new EmittedPlugin("bad") { Base = "ThrowsInProcess" }.WriteTo(_plugins, "bad");
        (await RenderAsync()).Ended(0, "warning: Step \"bad\"", "threw BrokenEffectException: on purpose in block 5");

        string[] lines = (await RunAsync("faults")).Ended(0).Text.Split('\n');
        string id = lines[1].Split(' ')[0];
        Assert.Contains("threw BrokenEffectException: on purpose in block 5", lines[1], StringComparison.Ordinal);
        Assert.Equal($"1 fault in {Path.Combine(_folder.FullName, "state", "faults")}.", lines[2]);
        Assert.Contains($"\"id\": \"{id}\"", (await RunAsync("faults", "--json")).Ended(0).Text,
            StringComparison.Ordinal);
        string shown = (await RunAsync("faults", "show", id)).Ended(0).Text;
        Assert.Contains("cause      threw\n", shown, StringComparison.Ordinal);
        Assert.Contains("ThrowsInProcess.Misbehave", shown, StringComparison.Ordinal);
        Assert.Contains("\"input\": [", (await RunAsync("faults", "show", id, "--json")).Ended(0).Text,
            StringComparison.Ordinal);

        string again = (await RunAsync("faults", "replay", id[..4], "--wav", "fault.wav")).Ended(0).Text;
        Assert.StartsWith("It happened again: bad 0.0.0 threw BrokenEffectException", again, StringComparison.Ordinal);
        byte[] wav = await File.ReadAllBytesAsync(
            Path.Combine(_folder.FullName, "fault.wav"), TestContext.Current.CancellationToken);
        Assert.Equal(2, wav[22]);
        Assert.Equal(1_024 * 2, TestHost.Samples(wav).Length);

        new EmittedPlugin("bad") { Base = "Allocates" }.WriteTo(_plugins, "bad");
        R3xRun mended = (await RunAsync("faults", "replay", id)).Ended(1, "is not what it was");
        Assert.StartsWith("It did not happen again", mended.Text, StringComparison.Ordinal);
        (await RunAsync("faults", "show", "nothing")).Ended(2, "There is no fault \"nothing\"");
        Assert.StartsWith("1 fault forgotten", (await RunAsync("faults", "clear")).Ended(0).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process-ended", 0, "It happened again: ")]
    [InlineData("threw", 1, "Something else happened: ")]
    public async Task An_effect_that_takes_its_process_along_is_replayed_without_taking_the_command(
        string cause, int exitCode, string words)
    {
        string file = new EmittedPlugin("bad") { Base = "FailsFast" }.WriteTo(_plugins, "bad");
        FaultLedger.Open(Path.Combine(_folder.FullName, "state")).Keep(new FaultRecord
        {
            Id = "abcdef", Time = TimeProvider.System.GetUtcNow(), Effect = "bad", Version = "0.0.0", File = file,
            Host = "0.0.0", Preset = "neutral", Step = "bad", Cause = cause, Words = "was there", SampleRate = 44_100,
            Channels = 1, MaxFrames = 1_024, Seed = 4, Block = 5, Frame = 5 * 1_024,
            Input = [Convert.ToBase64String(new byte[4_096])],
        });
        R3xRun run = (await RunAsync("faults", "replay", "abcdef")).Ended(exitCode);
        Assert.StartsWith(words + "the process that bad 0.0.0 ran in died with exit code ", run.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_effect_throws_on_a_thread_of_its_own_costs_neither_the_line_nor_the_process()
    {
        new EmittedPlugin("bad") { Base = "ThrowsOnItsThread" }.WriteTo(_plugins, "bad");
        using R3xProcess process = Start(Render("-"));
        await process.Input.WriteAsync(Line(), TestContext.Current.CancellationToken);
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
        // The line goes on until that thread had its turn.
        await process.SaysAsync("on a thread of its own", TestContext.Current.CancellationToken);
        process.Input.Close();
        (await process.EndAsync()).Ended(
            0, "warning: The effect \"bad\" threw BrokenEffectException: aside on a thread of its own.");
        Assert.True(new FileInfo(Path.Combine(_folder.FullName, "out.wav")).Length > 80_000);
    }

    [Fact]
    public async Task Nor_does_what_it_throws_in_its_finalizer()
    {
        new EmittedPlugin("bad") { Base = "ThrowsInItsFinalizer" }.WriteTo(_plugins, "bad");
        Assert.Equal(0, (await RenderAsync()).ExitCode);
        Assert.True(new FileInfo(Path.Combine(_folder.FullName, "out.wav")).Length > 80_000);
    }

    private Task<R3xRun> RenderAsync()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "line.raw"), Line());
        return RunAsync(Render("line.raw"));
    }

    // Thirty seconds.
    private static byte[] Line() => [.. Enumerable.Range(0, 30 * 88_200).Select(static i => (byte)(i & 1))];

    private string[] Render(string line)
    {
        string presets = Path.Combine(_folder.FullName, "presets");
        Directory.CreateDirectory(presets);
        File.WriteAllText(Path.Combine(presets, "host.yaml"), "host: 1\nisolation: { effects: { bad: none } }\n");
        File.WriteAllText(Path.Combine(presets, "neutral.yaml"), "preset: 1\nchain:\n  - bad\n");
        return ["render", line, "--input-format", "pcm_44100", "--presets", "presets", "--plugins", _plugins.Root,
            "--level", "off", "--seed", "4", "-o", "out.wav"];
    }

    private async Task<R3xRun> RunAsync(params string[] arguments)
    {
        using R3xProcess process = Start(arguments);
        process.Input.Close();
        return await process.EndAsync();
    }

    private R3xProcess Start(string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(_folder.FullName, R3xProcess.Program, arguments);
        start.Environment["R3X_STATE"] = Path.Combine(_folder.FullName, "state");
        return R3xProcess.Start(start);
    }
}
