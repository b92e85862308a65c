using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.FirstUse;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>What <c>./build.sh --release</c> makes.</summary>
internal static class ReleasedArchive
{
    private static readonly Lazy<Task<FileInfo>> Windows = new(async () =>
    {
        // Its intermediate files stay, so that the next run compiles only what was changed. To compile it ahead of time
        // takes minutes; ReleaseTests do.
        await MakeAsync(Repository.Root, "--jit", "win-x64");
        return In(Repository.Root, "win-x64");
    });

    private static readonly Lazy<Task<FileInfo>> Linux = new(async () =>
    {
        await MakeAsync(Repository.Root, "linux-x64");
        return In(Repository.Root, "linux-x64");
    });

    /// <summary>This checkout's for Windows, which is made once.</summary>
    public static Task<FileInfo> ForWindowsAsync() => Windows.Value;

    /// <summary>This checkout's for Linux, compiled ahead of time, which is made once.</summary>
    public static Task<FileInfo> ForLinuxAsync() => Linux.Value;

    /// <summary>Makes archives.</summary>
    /// <param name="checkout">The checkout, into whose artifacts/release they go.</param>
    /// <param name="machines">For which machines; none for all of them.</param>
    /// <returns>What was printed.</returns>
    public static async Task<string> MakeAsync(string checkout, params string[] machines)
    {
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("r3x-release-");
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            checkout,
            temporary.FullName,
            "env",
            [$"NUGET_PACKAGES={PackageFeed.Store}", "./build.sh", "--release", .. machines],
            compiles: true);
        temporary.Delete(recursive: true);
        Assert.True(exitCode == 0, said);
        return said;
    }

    /// <summary>An archive that was made.</summary>
    public static FileInfo In(string checkout, string machine)
    {
        string name = $"r3x-{typeof(FxHost).Assembly.GetName().Version!.ToString(3)}-{machine}";
        string extension = machine.StartsWith("win", StringComparison.Ordinal) ? ".zip" : ".tar.gz";
        return new FileInfo(Path.Combine(checkout, "artifacts", "release", name + extension));
    }
}
