using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Tests.FirstUse;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>What <c>./build.sh packages</c> makes of nothing but the sources, twice.</summary>
[Trait("Length", "Long")]
public sealed class PackagesTests
{
    private static readonly string[] Packages =
        ["R3X.FxHost", "R3X.FxHost.Sdk", "R3X.FxHost.Conformance", "R3X.FxHost.Templates", "R3X.FxHost.Tool"];

    [Fact]
    public async Task Built_from_two_places_they_are_the_same_byte_for_byte()
    {
        using Checkout first = await Checkout.CopyAsync("one");
        using Checkout second = await Checkout.CopyAsync("another with a longer name");
        string[] made = await PackAsync(first);
        Assert.Equal(made.Select(Path.GetFileName), (await PackAsync(second)).Select(Path.GetFileName));
        Assert.All(Packages, package => Assert.Contains(
            made, file => Path.GetFileName(file).StartsWith(package + ".0", StringComparison.Ordinal)));
        foreach (string file in made)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(
                    second.PathOf("artifacts", "packages", Path.GetFileName(file)),
                    TestContext.Current.CancellationToken));
        }
    }

    private static async Task<string[]> PackAsync(Checkout checkout)
    {
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("r3x-packages-");
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            checkout.Root,
            temporary.FullName,
            "env",
            [$"NUGET_PACKAGES={PackageFeed.Store}", "./build.sh", "packages"],
            compiles: true);
        temporary.Delete(recursive: true);
        Assert.True(exitCode == 0, said);
        string packages = checkout.PathOf("artifacts", "packages");
        return [.. Directory.GetFiles(packages, "*.nupkg").Order(StringComparer.Ordinal)];
    }
}
