using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>A program outside the checkout references the library's package, from a folder of packages.</summary>
[Collection("checkout")]
public sealed class ReferencedPackageTests
{
    private const string Version = "0.0.1-first-use";
    private const string Reference = $"""<PackageReference Include="R3X.FxHost" Version="{Version}" />""";

    [Fact]
    public async Task It_speaks_when_it_was_built_and_trimming_and_native_compilation_are_refused_with_a_sentence()
    {
        using var program = new NewProgram(Reference);
        await PackAsync(program);
        using (ZipArchive package = await ZipFile.OpenReadAsync(
            program.PathOf("feed", $"R3X.FxHost.{Version}.nupkg"), TestContext.Current.CancellationToken))
        {
            string[] files = [.. package.Entries.Select(entry => entry.FullName)];
            Assert.Contains("presets/host.yaml", files);
            Assert.Contains("buildTransitive/R3X.FxHost.targets", files);
            Assert.Equal(
                Directory.GetDirectories(Repository.PathOf("plugins")).Length,
                files.Count(file => Regex.IsMatch(file, @"^plugins/.*\.dll$")));
        }

        await DotnetProcess.BuildAsync(program.Folder, "build", "-o", "built");
        await program.SpeaksFromAsync("built");
        foreach (string property in new[] { "PublishTrimmed", "PublishAot" })
        {
            (int exitCode, string said) = await DotnetProcess.RunAsync(
                program.Folder, "dotnet", "build", "--no-restore", $"-p:{property}=true");
            Assert.NotEqual(0, exitCode);
            Assert.Contains("R3X001", said, StringComparison.Ordinal);
            Assert.Contains("Take PublishTrimmed and PublishAot out", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task It_speaks_when_it_was_published_and_as_one_self_contained_file()
    {
        using var program = new NewProgram(Reference);
        await PackAsync(program);
        await DotnetProcess.BuildAsync(program.Folder, "publish", "-o", "published");
        await program.SpeaksFromAsync("published");
        await DotnetProcess.BuildAsync(
            program.Folder,
            ["publish", "-r", NewProgram.Runtime, "--self-contained", "-p:PublishSingleFile=true", "-o", "one"]);
        await program.SpeaksFromAsync("one");
    }

    // The tests' own build made them.
    private static Task PackAsync(NewProgram program) =>
        PackageFeed.FillAsync(program.Folder, Version, "host/R3X.FxHost.Sdk", "host/R3X.FxHost");
}
