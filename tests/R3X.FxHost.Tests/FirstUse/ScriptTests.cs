using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>
/// The script r3x of a checkout: whatever becomes of its sources, a build that is there is run. The checkout holds the
/// real scripts; the command and the compiler in it are stand-ins.
/// </summary>
public sealed class ScriptTests : IDisposable
{
    private const string Compiler =
        """
        #!/usr/bin/env bash
        # dotnet publish ... -p:PluginsFolder=FOLDER -o FOLDER, of sources that compile unless one says "mistake".
        case $* in *Server*) echo "$*" >> "${0%/*}/../compiled" ;; esac
        for word in "$@"; do
          case $word in -p:PluginsFolder=*) plugins=${word#*=} ;; esac
          out=$word
        done
        mkdir -p "$plugins/gain"
        if grep -rq mistake effects; then echo "effects/Gain/Gain.cs(1,1): error CS1002: ; expected"; exit 1; fi
        mkdir -p "$out"
        printf '#!/bin/sh\ncd "$R3X_HOME"\n' > "$out/r3x"
        echo 'echo "built from $(cat effects/Gain/Gain.cs), plugins: $(ls plugins)"' >> "$out/r3x"
        chmod +x "$out/r3x"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-script-");

    public ScriptTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is bash's.");
        foreach (string script in new[] { "r3x", "build.sh" })
            File.Copy(Repository.PathOf(script), PathOf(script));
        Put("bin/dotnet", Compiler);
        // A script for everybody: rwxr-xr-x.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("bin/dotnet"), File.GetUnixFileMode(PathOf("build.sh")));
        Put("host/Some.cs", "");
        Put("Directory.Build.props", "<Project />");
        Put("effects/Gain/Gain.cs", "the first");
    }

    [Fact]
    public async Task It_builds_once_and_again_when_a_source_is_newer()
    {
        Assert.Equal("built from the first, plugins: gain\n", (await RunAsync()).Ended(0, "building once").Text);
        (await RunAsync()).Ended(0);
        Change("effects/Gain/Gain.cs", "the second");
        Assert.Contains("the second", (await RunAsync()).Ended(0, "building once").Text, StringComparison.Ordinal);
        Assert.Equal(2, Compiled);
    }

    [Fact]
    public async Task An_effect_that_does_not_compile_leaves_the_build_that_is_there_and_is_tried_once()
    {
        (await RunAsync()).Ended(0, "building once");
        Change("effects/Gain/Gain.cs", "a mistake");
        R3xRun run = (await RunAsync())
            .Ended(0, "error CS1002", "older than effects/Gain/Gain.cs", "Going on with what there is");
        Assert.Contains("plugins: gain", run.Text, StringComparison.Ordinal);
        run = (await RunAsync()).Ended(0, "older than effects/Gain/Gain.cs", "does not compile", "artifacts/build.log");
        Assert.Single(run.Errors.TrimEnd('\n').Split('\n'));
        Assert.Equal(2, Compiled);
        Change("effects/Gain/Gain.cs", "the third");
        Assert.Contains("the third", (await RunAsync()).Ended(0, "building once").Text, StringComparison.Ordinal);
        (await RunAsync()).Ended(0);
    }

    [Fact]
    public async Task A_first_build_that_fails_ends_with_its_errors()
    {
        Put("effects/Gain/Gain.cs", "a mistake");
        (await RunAsync()).Ended(1, "the build failed", "error CS1002");
    }

    [Fact]
    public async Task Without_the_SDK_a_stale_build_is_run()
    {
        Directory.CreateDirectory(PathOf("tools"));
        foreach (string tool in new[] { "env", "bash", "sh", "find", "cat", "ls" })
            File.CreateSymbolicLink(PathOf($"tools/{tool}"), $"/usr/bin/{tool}");
        string without = $"PATH={PathOf("tools")}";
        (await RunAsync(without)).Ended(1, "the .NET SDK 10 is not installed");
        (await RunAsync()).Ended(0, "building once");
        Change("host/Some.cs", "");
        (await RunAsync(without)).Ended(0, "older than host/Some.cs", "the .NET SDK 10");
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_written_runs_the_build_it_has()
    {
        (await RunAsync("SELF=nobody")).Ended(1, "was not built, and you may not write there");
        (await RunAsync()).Ended(0, "building once");
        (await RunAsync("SELF=nobody")).Ended(0);
        Change("effects/Gain/Gain.cs", "the second");
        R3xRun run = (await RunAsync("SELF=nobody")).Ended(0, "older than effects/Gain/Gain.cs", "cannot be written");
        Assert.Single(run.Errors.TrimEnd('\n').Split('\n'));
        Assert.Equal(1, Compiled);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            Process.Start("chmod", ["-R", "u+w", _folder.FullName]).WaitForExit();
        _folder.Delete(recursive: true);
    }

    private static readonly string[] Sources =
    [
        "build.sh", "Directory.Build.props", "host", "host/Some.cs", "effects", "effects/Gain", "effects/Gain/Gain.cs",
    ];

    private int Compiled => File.ReadAllLines(PathOf("compiled")).Length;

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    // Two saves within one tick of the file system's clock would look like none.
    private void Change(string file, string text)
    {
        Put(file, text);
        DateTime later = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (string known in new[] { "artifacts/r3x/.built", "artifacts/.build-failed" })
        {
            if (File.Exists(PathOf(known)))
                File.SetLastWriteTimeUtc(PathOf(known), later.AddSeconds(-10));
        }

        foreach (string source in Sources)
            File.SetLastWriteTimeUtc(PathOf(source), later.AddSeconds(-20));
        File.SetLastWriteTimeUtc(PathOf(file), later.AddSeconds(-5));
    }

    // SELF=nobody: root may write everywhere, so he becomes somebody else; another user's own checkout is closed to
    // him.
    private async Task<R3xRun> RunAsync(string setting = "")
    {
        string path = setting.StartsWith("PATH=", StringComparison.Ordinal) ? setting : $"PATH={PathOf("bin")}:$PATH";
        string run = $"{path} '{PathOf("r3x")}'";
        string line = setting != "SELF=nobody" ? run
            : Environment.UserName == "root"
                ? $"chmod -R go+rX,go-w '{_folder.FullName}'; "
                    + $"setpriv --reuid=65534 --regid=65534 --clear-groups bash -c \"{run}\""
            : $"chmod -R a-w '{_folder.FullName}'; {run}; code=$?; chmod -R u+w '{_folder.FullName}'; exit $code";
        ProcessStartInfo start = R3xProcess.Command("/", "bash", "-c", line);
        start.Environment.Remove("R3X_HOME");
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        return await process.EndAsync();
    }
}
