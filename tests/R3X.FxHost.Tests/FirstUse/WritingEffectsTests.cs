using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The walk of docs/writing-effects.md, whole, in an empty folder against a feed of its own.</summary>
[Collection("checkout")]
public sealed class WritingEffectsTests : IDisposable
{
    private const string Version = "0.0.1-first-effect";
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "writing-effects.md"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-first-effect-");

    [Fact]
    public async Task An_effect_from_the_template_builds_passes_its_test_and_is_heard()
    {
        await PackageFeed.FillAsync(
            PathOf(), Version, "host/R3X.FxHost.Sdk", "host/R3X.FxHost.Conformance", "templates");
        await PackageFeed.PackAsync(PathOf(), "again", Version, "host/R3X.FxHost.Sdk");
        string package = $"R3X.FxHost.Sdk.{Version}.nupkg";
        Assert.Equal(await BytesAsync("feed", package), await BytesAsync("again", package));

        await WalkAsync("dotnet new install R3X.FxHost.Templates", $"@{Version}");
        await WalkAsync("dotnet new r3x-effect -n Warble");
        Assert.Contains("Failed: 0", await WalkAsync("dotnet run --project Warble/tests"), StringComparison.Ordinal);
        // What the project's own README says.
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            PathOf("Warble"), PathOf("tmp"), "dotnet", ["test", "--project", "tests", "--no-build"]);
        Assert.True(exitCode == 0 && said.Contains("failed: 0", StringComparison.Ordinal), said);

        Assert.Contains("r3x play line.mp3 --with ./Warble\n", Page, StringComparison.Ordinal);
        (await RenderAsync("plain.wav")).Ended(0);
        R3xRun first = (await RenderAsync("warble.wav", "--with", "./Warble")).Ended(0, "warble 1.0.0 added before");
        Assert.Equal("r3x: Building Warble ...", first.Errors.Split('\n')[0]);
        Assert.DoesNotContain("warning", first.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("Warble", "bin", "Release", "net10.0", "R3X.FxHost.Sdk.dll")));
        Assert.NotEqual(await BytesAsync("plain.wav"), await BytesAsync("warble.wav"));

        R3xRun again = (await RenderAsync("still.wav", "--with", "./Warble", "--set", "warble.depth=0%")).Ended(0, "");
        Assert.DoesNotContain("Building", again.Errors, StringComparison.Ordinal);
        Assert.Equal(await BytesAsync("plain.wav"), await BytesAsync("still.wav"));
        (await RenderAsync("preset.wav", "--with", "./Warble", "--preset", "Warble/warble.yaml"))
            .Ended(0, "warble 1.0.0 is where warble has it");

        await File.AppendAllTextAsync(PathOf("Warble", "Warble.cs"), "mistake", Cancellation);
        (await RenderAsync("none.wav", "--with", "./Warble")).Ended(1, "Warble could not be built:", "error CS");
        Assert.False(File.Exists(PathOf("none.wav")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    private Task<byte[]> BytesAsync(params string[] parts) => File.ReadAllBytesAsync(PathOf(parts), Cancellation);

    // A command of the page, as it stands there.
    private async Task<string> WalkAsync(string command, string version = "")
    {
        Assert.Contains("\n" + command + "\n", Page, StringComparison.Ordinal);
        string[] words = (command + version).Split(' ');
        (int exitCode, string said) = await DotnetProcess.RunAsync(PathOf(), words[0], words[1..]);
        Assert.True(exitCode == 0, $"{command}:\n{said}");
        return said;
    }

    private async Task<R3xRun> RenderAsync(string output, params string[] options)
    {
        string line = Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3");
        ProcessStartInfo start = R3xProcess.Command(
            PathOf(), R3xProcess.Program, ["render", line, "-o", output, .. options]);
        DotnetProcess.KeepIn(PathOf("tmp"), start);
        using var process = R3xProcess.Start(start);
        process.Input.Close();
        return await process.EndAsync();
    }
}
