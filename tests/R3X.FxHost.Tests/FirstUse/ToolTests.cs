using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The command as a .NET tool, installed from a folder of packages into an empty folder.</summary>
[Collection("checkout")]
public sealed class ToolTests : IDisposable
{
    private const string Version = "0.0.1-first-tool";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-first-tool-");

    [Fact]
    public async Task It_is_installed_with_one_command_and_renders_lists_and_serves()
    {
        await PackageFeed.FillAsync(PathOf(), Version);
        await PackageFeed.PackToolAsync(PathOf(), Version);
        (int exitCode, string installed) = await DotnetProcess.RunAsync(
            PathOf(), "dotnet", "tool", "install", "R3X.FxHost.Tool", "--tool-path", "bin", "--version", Version);
        Assert.True(exitCode == 0, installed);

        (await RunAsync("demo", "-o", "droid.wav")).Ended(0);
        Assert.InRange(new FileInfo(PathOf("droid.wav")).Length, 100_000, long.MaxValue);
        string line = Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3");
        (await RunAsync("render", line, "--preset", "excited", "-o", "out.wav")).Ended(0);
        Assert.InRange(new FileInfo(PathOf("out.wav")).Length, 100_000, long.MaxValue);
        Assert.Contains("ring-mod", (await RunAsync("effects")).Ended(0).Text, StringComparison.Ordinal);
        Assert.Contains("dj-r3x", (await RunAsync("presets")).Ended(0).Text, StringComparison.Ordinal);
        await ServesAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    private async Task ServesAsync()
    {
        string[] words = ["serve", "--port", "0", "--wyoming-port", "off", "--device", "null", "--openai", "off"];
        using R3xProcess server = Start(collectOutput: false, [.. words, "--elevenlabs", "off"]);
        string said;
        do
            said = server.Line();
        while (said.Length > 0 && !said.StartsWith("Listening on ", StringComparison.Ordinal));
        Assert.StartsWith("Listening on http", said, StringComparison.Ordinal);
        server.Signal(2);
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
    }

    private async Task<R3xRun> RunAsync(params string[] arguments)
    {
        using R3xProcess process = Start(collectOutput: true, arguments);
        process.Input.Close();
        return await process.EndAsync();
    }

    private R3xProcess Start(bool collectOutput, string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(
            PathOf(), "env", ["--default-signal=INT", PathOf("bin", "r3x"), .. arguments]);
        start.Environment.Remove("R3X_HOME");
        DotnetProcess.KeepIn(Directory.CreateDirectory(PathOf("tmp")).FullName, start);
        return R3xProcess.Start(start, collectOutput);
    }
}
