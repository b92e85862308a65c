using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Windows;

/// <summary>What <c>r3x.exe</c> does with files, run by wine.</summary>
public sealed class WindowsCommandTests : IAsyncLifetime
{
    private WindowsMachine _windows = null!;

    public async ValueTask InitializeAsync() => _windows = await WindowsMachine.GetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_effect_and_every_preset_is_found_and_right()
    {
        R3xRun effects = (await _windows.RunAsync(_windows.Home, "effects", "--json")).Ended(0);
        using var list = JsonDocument.Parse(effects.Text);
        string[] folders = Directory.GetDirectories(Repository.PathOf("effects"));
        Assert.Equal(
            folders.Count(folder => Directory.GetFiles(folder, "*.csproj").Length > 0),
            list.RootElement.GetProperty("effects").GetArrayLength());
        R3xRun check = (await _windows.RunAsync(_windows.Home, "presets", "check")).Ended(0);
        Assert.Contains("nothing is wrong", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_MP3_is_rendered_as_on_Linux()
    {
        string folder = _windows.NewFolder("mp3");
        File.Copy(SpokenLine.InFormat("mp3_44100_128"), Path.Combine(folder, "line.mp3"));
        string[] words = ["render", "line.mp3", "--preset", "dj-r3x", "--bits", "float", "-o"];
        (await _windows.RunAsync(folder, [.. words, "windows.wav"])).Ended(0);
        (await R3xProcess.RunAsync(folder, [.. words, "linux.wav"])).Ended(0);
        float[] here = TestHost.Samples(File.ReadAllBytes(Path.Combine(folder, "linux.wav")));
        float[] there = TestHost.Samples(File.ReadAllBytes(Path.Combine(folder, "windows.wav")));
        Assert.Equal(here.Length, there.Length);
        // Another library of sines and powers, and NLayer in place of libmpg123.
        Assert.InRange(Noise.ResidualDecibels(here, there), double.NegativeInfinity, -90);
    }

    [Fact]
    public async Task Paths_are_written_as_Windows_writes_them()
    {
        string folder = _windows.NewFolder("paths");
        Directory.CreateDirectory(Path.Combine(folder, "in"));
        foreach (string name in new[] { "Zeile eins.wav", "zwölf.wav" })
            File.Copy(SpokenLine.InFormat("wav_44100"), Path.Combine(folder, "in", name));
        string drive = WindowsMachine.PathOf(folder);

        string[] words = ["render", $@"{drive}\in\Zeile eins.wav", "-o", $@"{drive}\größer & (1).wav"];
        (await _windows.RunAsync(_windows.Home, words)).Ended(0);
        (await _windows.RunAsync(folder, "render", @"in\*.wav", "-o", @"out\")).Ended(0);
        Assert.True(File.Exists(Path.Combine(folder, "größer & (1).wav")));
        Assert.Equal(
            ["Zeile eins.wav", "zwölf.wav"],
            Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        R3xRun nothing = await _windows.RunAsync(folder, "render", @"in\*.mp3", "-o", @"out\");
        nothing.Ended(2, @"No file fits ""in\*.mp3""");
        R3xRun nowhere = await _windows.RunAsync(folder, "render", @"in\zwölf.wav", "-o", @"Q:\out.wav");
        nowhere.Ended(1, @"""Q:\out.wav"" cannot be written");
    }

    [Fact]
    public async Task Presets_with_line_ends_of_Windows_sound_the_same_and_keep_them()
    {
        string folder = _windows.NewFolder("presets-crlf");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        foreach (string name in new[] { "dj-r3x.yaml", "host.yaml" })
        {
            string text = await File.ReadAllTextAsync(Repository.PathOf("presets", name), cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, name), text.ReplaceLineEndings("\r\n"), cancellation);
        }

        (await _windows.RunAsync(folder, "presets", "check", ".")).Ended(0);
        string line = WindowsMachine.PathOf(SpokenLine.InFormat("wav_44100"));
        string[] words = ["render", line, "-p", "dj-r3x", "-o", "-"];
        R3xRun theirs = (await _windows.RunAsync(folder, [.. words, "--presets", "."])).Ended(0);
        R3xRun ours = (await _windows.RunAsync(folder, words)).Ended(0);
        Assert.Equal(ours.Output, theirs.Output);

        words = ["presets", "set", "dj-r3x", "comb.mix", "40%", "--presets", "."];
        (await _windows.RunAsync(folder, words)).Ended(0, "");
        string edited = await File.ReadAllTextAsync(Path.Combine(folder, "dj-r3x.yaml"), cancellation);
        Assert.Contains("40%", edited, StringComparison.Ordinal);
        Assert.Equal(edited.Count(letter => letter == '\n'), edited.Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task The_doctor_asks_for_nothing_that_Windows_does_not_need()
    {
        R3xRun run = (await _windows.RunAsync(_windows.Home, "doctor", "--json")).Ended(0);
        using var rows = JsonDocument.Parse(run.Text);
        string[] missing =
        [
            .. rows.RootElement.EnumerateArray()
                .Where(row => !Is(row, "present") && !Is(row, "optional"))
                .Select(row => row.GetProperty("name").GetString()!),
        ];
        // There is no sound server here; ffmpeg is for what nothing else reads.
        Assert.Equal(["ffmpeg", "loudspeaker"], missing.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("PortAudio", run.Text, StringComparison.OrdinalIgnoreCase);
        string line = WindowsMachine.PathOf(SpokenLine.InFormat("wav_44100"));
        R3xRun play = await _windows.RunAsync(_windows.Home, "play", line);
        play.Ended(1, "No loudspeaker was found", "Settings, System, Sound");
    }

    [Fact]
    public async Task The_demo_is_written_to_a_file()
    {
        string folder = _windows.NewFolder("demo");
        (await _windows.RunAsync(folder, "demo", "-o", "droid.wav")).Ended(0);
        Assert.InRange(new FileInfo(Path.Combine(folder, "droid.wav")).Length, 100_000, long.MaxValue);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_render_and_leaves_no_part_of_a_file()
    {
        string folder = _windows.NewFolder("cut");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[] words = ["render", "-", "--input-format", "pcm_44100", "-o", "out.wav"];
        using R3xProcess r3x = R3xProcess.Start(_windows.R3x(folder, words));
        byte[] line = await File.ReadAllBytesAsync(SpokenLine.InFormat("pcm_44100"), cancellation);
        await r3x.Input.WriteAsync(line, cancellation);
        await r3x.Input.FlushAsync(cancellation);
        while (!File.Exists(Path.Combine(folder, "out.wav.part")))
            await Task.Delay(10, cancellation);
        r3x.Signal(2);
        (await r3x.EndAsync()).Ended(130, "Stopped");
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_console_is_shown_its_own_letters()
    {
        // A terminal, which script is for the program it runs.
        ProcessStartInfo start = _windows.R3x(_windows.Home, "render", "in.wav", "-o", "ä.xyz");
        string command = string.Join(' ', start.ArgumentList.Prepend(start.FileName).Select(word => $"'{word}'"));
        start.FileName = "script";
        start.ArgumentList.Clear();
        foreach (string word in new[] { "-qec", command, "/dev/null" })
            start.ArgumentList.Add(word);
        using R3xProcess script = R3xProcess.Start(start);
        script.Input.Close();
        R3xRun run = await script.EndAsync();
        Assert.Contains("r3x: \"ä.xyz\": no audio format", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_runs_the_build_that_is_there_with_what_follows_it()
    {
        string folder = _windows.NewFolder("checkout");
        File.Copy(Repository.PathOf("r3x.cmd"), Path.Combine(folder, "r3x.cmd"));
        Directory.CreateDirectory(Path.Combine(folder, "artifacts"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "artifacts", "r3x"), _windows.Program);
        foreach (string name in new[] { "plugins", "presets" })
            Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(_windows.Program, name));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "artifacts", "r3x", ".built"), "", TestContext.Current.CancellationToken);
        string version = await CmdAsync(folder, 0, "r3x.cmd", "--version");
        Assert.Matches(@"^\d+\.\d+\.\d+", version);
        string line = WindowsMachine.PathOf(SpokenLine.InFormat("wav_44100"));
        await CmdAsync(folder, 0, "r3x.cmd", "render", line, "-o", "mit Leerzeichen.wav");
        Assert.True(File.Exists(Path.Combine(folder, "mit Leerzeichen.wav")));
        string said = await CmdAsync(folder, 2, "r3x.cmd", "render", "fehlt.wav", "-o", "x.wav");
        Assert.Contains("There is no file", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_says_what_is_missing_where_nothing_was_built()
    {
        string folder = _windows.NewFolder("unbuilt");
        File.Copy(Repository.PathOf("r3x.cmd"), Path.Combine(folder, "r3x.cmd"));
        string said = await CmdAsync(folder, 1, "r3x.cmd", "effects");
        Assert.Contains("winget install Microsoft.DotNet.SDK.10", said, StringComparison.Ordinal);
    }

    private static bool Is(JsonElement row, string what) =>
        row.TryGetProperty(what, out JsonElement value) && value.GetBoolean();

    private async Task<string> CmdAsync(string folder, int exitCode, params string[] words)
    {
        using R3xProcess process = R3xProcess.Start(_windows.OfWindows(folder, ["cmd", "/c", .. words]));
        process.Input.Close();
        R3xRun run = await process.EndAsync();
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Text}{run.Errors}");
        return run.Text + run.Errors;
    }
}
