using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>r3x effects trust and untrust.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly PluginFolders _folders = new();
    private readonly string _state = Directory.CreateTempSubdirectory("r3x-state-").FullName;

    public void Dispose()
    {
        _folders.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task What_is_trusted_is_what_the_files_hold_until_they_change_or_it_is_taken_back()
    {
        Write("0.1.0");
        new EmittedPlugin("chirp") { Version = "1.0" }.WriteTo(_folders, "chirp");
        Says(await TrustAsync(), "No plugin is trusted.");
        // A folder of plugins' folders, and a plugin's own.
        R3xRun run = await TrustAsync(_folders.Root);
        Says(run, "it may do whatever you may", "chirp", "1.0", "warble", "0.1.0", "Emitted.warble.dll");
        string hash = run.Text.Split(' ', '\n').First(word => word.Length == 64);
        Says(await TrustAsync(_folders.PathOf("warble")), "warble");
        Says(await TrustAsync(), "warble", "yes", hash);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_state, "trusted-plugins"))).Length);

        Write("0.2.0");
        R3xRun changed = (await TrustAsync("--json")).Ended(0);
        using JsonDocument json = JsonDocument.Parse(changed.Output);
        Assert.Equal(["trusted", "changed"], json.RootElement.GetProperty("effects").EnumerateArray().Select(
            effect => effect.GetProperty("state").GetString()!.ToLowerInvariant()));
        Directory.Delete(_folders.PathOf("warble"), recursive: true);
        Says(await TrustAsync(), "no, not there");

        Says(await RunAsync("untrust", _folders.PathOf("warble")), "Not trusted any more: warble");
        R3xRun left = await TrustAsync();
        Says(left, "chirp");
        Assert.DoesNotContain("warble", left.Text, StringComparison.Ordinal);
        Says(await RunAsync("untrust", _folders.Root), "chirp");
        (await RunAsync("untrust", _folders.Root)).Ended(2, "Nothing in", "r3x effects trust lists what is");
    }

    [Fact]
    public async Task A_folder_without_an_effect_is_refused_with_the_reason()
    {
        _folders.Write("bad", "bad.dll", [1, 2, 3, 4]);
        (await TrustAsync(_folders.Root)).Ended(2, "There is no effect in", "bad.dll: It is not a .NET assembly");
        (await TrustAsync(_folders.PathOf("nowhere"))).Ended(2, "there is no such folder");
        Assert.Empty(Directory.GetFiles(_state));
    }

    private static void Says(R3xRun run, params string[] words)
    {
        run.Ended(0);
        foreach (string said in words)
            Assert.Contains(said, run.Text, StringComparison.Ordinal);
    }

    private void Write(string version) =>
        new EmittedPlugin("warble") { Version = version }.WriteTo(_folders, "warble");

    private Task<R3xRun> TrustAsync(params string[] arguments) => RunAsync(["trust", .. arguments]);

    private async Task<R3xRun> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(_folders.Root, R3xProcess.Program, ["effects", .. arguments]);
        start.Environment["R3X_STATE"] = _state;
        using R3xProcess process = R3xProcess.Start(start);
        return await process.EndAsync();
    }
}
