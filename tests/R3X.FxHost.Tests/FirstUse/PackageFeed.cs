using System;
using System.IO;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The checkout's packages in a folder of their own, the one source of what is built beside it.</summary>
internal static class PackageFeed
{
    /// <summary>Where NuGet keeps what was fetched for this machine.</summary>
    public static string Store { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs projects into <c>feed</c>, from where all that is built in the folder takes them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="version">A version that nobody else gives the packages.</param>
    /// <param name="projects">Projects of the checkout, which are built already.</param>
    public static async Task FillAsync(string folder, string version, params string[] projects)
    {
        // What others made comes from the machine's own store; what is packed here is kept out of it.
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="store" value="{Store}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);
        foreach (string project in projects)
            await PackAsync(folder, "feed", version, project);
    }

    /// <summary>Packs one project that is built already.</summary>
    public static Task PackAsync(string folder, string feed, string version, string project) =>
        DotnetProcess.BuildAsync(
            folder,
            ["pack", Repository.PathOf(project), "-c", "Release", "--no-build", "-o", Path.Combine(folder, feed),
                $"-p:PackageVersion={version}"]);

    /// <summary>Packs the command as a tool into <c>feed</c>, of what ./build.sh compiled and in the way it
    /// does.</summary>
    public static async Task PackToolAsync(string folder, string version)
    {
        string tool = Path.Combine(folder, "tool");
        string[] asTool =
        [
            "-c", "Release", "--no-build", "-p:UseCurrentRuntimeIdentifier=false", "-p:PublishReadyToRun=false",
            "-p:UseAppHost=false",
        ];
        await DotnetProcess.BuildAsync(
            folder, ["publish", Repository.PathOf("host", "R3X.FxHost.Server"), .. asTool, "-o", tool]);
        foreach (string name in new[] { "plugins", "presets" })
            Repository.CopyFolder(Repository.PathOf(name), Path.Combine(tool, name));
        await DotnetProcess.BuildAsync(
            folder,
            ["pack", Repository.PathOf("host", "R3X.FxHost.Cli"), .. asTool, "-o", Path.Combine(folder, "feed"),
                $"-p:PackageVersion={version}", $"-p:Version={version}", $"-p:PublishDir={tool}/"]);
    }
}
