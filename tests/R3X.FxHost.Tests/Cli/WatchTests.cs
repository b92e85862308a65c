using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Plugins;
using R3X.FxHost.Tests.Presets;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>r3x play --watch, heard through a sound server.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class WatchTests : IDisposable
{
    private const int Rate = 48_000;
    private const double Promise = 0.5;
    private readonly PulseServer _server;
    private readonly string _folder = TestHost.PresetFolder(
        ("mine", Level(0)), ("child", "preset: 1\nextends: mine\n"));

    public WatchTests(PulseServer server)
    {
        _server = server;
        // Four seconds of a tone: time to edit in mid-line.
        short[] tone = Array.ConvertAll(
            TestSignal.Sine(100, -12, Rate, 4 * Rate), sample => (short)Math.Round(sample * 32_768));
        File.WriteAllBytes(Path.Combine(_folder, "line.raw"), MemoryMarshal.AsBytes(tone.AsSpan()).ToArray());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("mine", "in place")]
    [InlineData("mine", "renamed")]
    [InlineData("child", "deleted and created")]
    public async Task What_is_saved_is_heard_in_mid_line_within_half_a_second_and_without_a_click(
        string preset, string way)
    {
        double seconds = double.PositiveInfinity;
        double click = double.PositiveInfinity;
        // A machine that is busy with other things starves the loudspeaker now and then; such a recording says nothing.
        for (int attempt = 0; attempt < 4 && (seconds > Promise || click > -60); attempt++)
        {
            await File.WriteAllTextAsync(FileOf("mine"), Level(0), Cancellation);
            long from = _server.Default.Position;
            using R3xProcess r3x = Play("--preset", preset);
            long start = _server.Default.WaitForSound(from);
            _server.Default.WaitUntil(start + Rate);
            await EditorSave.SaveAsync(FileOf("mine"), Level(-12), way);
            long saved = _server.Default.Position;
            _server.Default.WaitUntil(saved + Rate);
            float[] heard = _server.Default.Channel(0, start + (Rate / 10), saved + Rate);
            (seconds, click) = (
                (TimeOfChange(heard) - (saved - start - (Rate / 10))) / (double)Rate, HighBand.Highest(heard, Rate));
            r3x.Signal(2);
            (await r3x.EndAsync()).Ended(130, "Stopped");
            _server.Default.WaitForSoundToEnd(saved);
        }

        Assert.InRange(seconds, 0, Promise);
        Assert.InRange(click, -200, -60);
        TestContext.Current.SendDiagnosticMessage($"Heard after {seconds * 1000:F0} ms.");
    }

    [Fact]
    public async Task A_broken_save_sounds_on_and_is_told_once_and_a_repaired_one_is_heard()
    {
        long from = _server.Default.Position;
        using R3xProcess r3x = Play("--preset", "mine");
        long start = _server.Default.WaitForSound(from);
        await EditorSave.SaveAsync(FileOf("mine"), "preset: 1\nchain:\n  - gain: { level: -12 }\n", "in place");
        _server.Default.WaitUntil(start + Rate);
        long broken = _server.Default.Position;
        await EditorSave.SaveAsync(FileOf("mine"), Level(-12), "renamed");
        _server.Default.WaitUntil(broken + Rate);
        float[] heard = _server.Default.Channel(0, broken, broken + Rate);
        r3x.Signal(2);
        R3xRun run = (await r3x.EndAsync()).Ended(130, "mine.yaml:3:20  level is a level from -60 dB to 24 dB; \"-12\" "
            + "has no unit.\n 3 |   - gain: { level: -12 }\n   |                    ^~~\n", "stays in use");
        Assert.Equal(2, run.Errors.Split("has no unit").Length);
        // In a pipe nothing else is said.
        Assert.DoesNotContain("->", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0.25, heard[..480].Max(), 0.02);
        Assert.Equal(0.0625, heard[^4_800..].Max(), 0.01);
    }

    [Fact]
    public async Task A_terminal_gets_one_line_that_says_what_changed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        ProcessStartInfo start = R3xProcess.Command(
            _folder, "bash", "-c", "TERM=xterm script -qfec \"env --default-signal=INT '$R3X' play line.raw "
                + "--input-format pcm_48000 --presets . --preset mine --watch --device null\" seen");
        using R3xProcess terminal = R3xProcess.Start(start);
        await UntilAsync("mine: save it to hear what you changed");
        await EditorSave.SaveAsync(FileOf("mine"), Level(-3), "renamed");
        await UntilAsync("mine: gain.level 0 dB -> -3 dB");
        await EditorSave.SaveAsync(FileOf("mine"), "preset: 1\nchain:\n  - gian\n", "renamed");
        await UntilAsync("as it was before; correct it and save again");
        await EditorSave.SaveAsync(
            FileOf("mine"), "preset: 1\nchain:\n  - gain: { level: -3 dB }\n  - limiter\n", "renamed");
        await UntilAsync("mine: right again, limiter added");
        // Ctrl-C as a terminal sends it.
        await terminal.FeedAsync([3], 0);
        Assert.Equal(130, (await terminal.EndAsync()).ExitCode);
        Assert.Single(Seen().Split('\n'), line => line.Contains("gian", StringComparison.Ordinal)
            && line.Contains("warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plugin_that_is_built_again_is_heard_at_once_and_told()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folders = new PluginFolders();
        new EmittedPlugin("warble") { Version = "0.1.0" }.WriteTo(folders, "warble");
        await File.WriteAllTextAsync(FileOf("mine"), "preset: 1\nchain:\n  - warble\n", Cancellation);
        ProcessStartInfo start = R3xProcess.Command(
            _folder, "bash", "-c", "TERM=xterm script -qfec \"env --default-signal=INT '$R3X' play line.raw "
                + $"--input-format pcm_48000 --presets . --preset mine --watch --device null "
                + $"--plugins '{folders.Root}'\" seen");
        using R3xProcess terminal = R3xProcess.Start(start);
        await UntilAsync("mine: save it to hear what you changed");
        new EmittedPlugin("warble") { Version = "0.2.0", Base = "Halves" }.WriteTo(folders, "warble");
        await UntilAsync("mine: warble 0.1.0 -> 0.2.0");
        new EmittedPlugin("warble") { Version = "0.2.0" }.WriteTo(folders, "warble");
        await UntilAsync("mine: warble loaded again");
        new EmittedPlugin("warble") { Version = "0.3.0", Base = "ConstructorThrows" }.WriteTo(folders, "warble");
        await UntilAsync("warble 0.2.0 stays in use");
        new EmittedPlugin("warble") { Version = "0.4.0", Base = "Halves" }.WriteTo(folders, "warble");
        await UntilAsync("mine: right again, warble 0.2.0 -> 0.4.0");
        await terminal.FeedAsync([3], 0);
        Assert.Equal(130, (await terminal.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("--watch plays one line again and again, and 2 were named", "line.raw", "line.raw")]
    [InlineData("There is no preset \"mien\" here", "line.raw", "--preset", "mien")]
    public async Task What_cannot_be_watched_is_refused(string said, params string[] arguments) =>
        (await R3xProcess.RunAsync(_folder, ["play", "--watch", "--input-format", "pcm_48000", "--presets", ".",
            "--device", "null", .. arguments])).Ended(2, said);

    private static string Level(double decibels) =>
        FormattableString.Invariant($"preset: 1\nchain:\n  - gain: {{ level: {decibels} dB }}\n");

    private string FileOf(string preset) => Path.Combine(_folder, preset + ".yaml");

    private R3xProcess Play(params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Interruptible(_folder, ["play", "line.raw", "--watch", "--input-format",
            "pcm_48000", "--presets", ".", "--level", "off", .. arguments]);
        foreach ((string name, string value) in _server.Environment)
            start.Environment[name] = value;
        return R3xProcess.Start(start);
    }

    // The first frame from which on the tone stays below what it was.
    private static int TimeOfChange(float[] heard)
    {
        int last = Array.FindLastIndex(heard, sample => Math.Abs(sample) > 0.2f);
        return last < 0 ? heard.Length : last;
    }

    private string Seen()
    {
        try
        {
            return File.ReadAllText(Path.Combine(_folder, "seen"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task UntilAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!Seen().Contains(text, StringComparison.Ordinal))
            await Task.Delay(20, limit.Token);
    }
}
