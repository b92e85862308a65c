using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The README's effect, pasted into a folder under effects/ of a checkout that holds no other.</summary>
public sealed class ReadmeEffectTests
{
    private static readonly string[] Rules =
        ["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", ".globalconfig"];

    [Fact]
    public void It_is_the_gain_that_comes_with_the_host()
    {
        string file = File.ReadAllText(Repository.PathOf("effects", "Gain", "Gain.cs")).ReplaceLineEndings("\n");
        Assert.Contains(file, SnippetTests.Code("README.md"));
    }

    [Fact]
    public void The_effect_of_the_guide_is_the_one_that_the_template_makes()
    {
        string file = File.ReadAllText(Repository.PathOf("templates", "r3x-effect", "Warble.cs"));
        Assert.Contains(file.ReplaceLineEndings("\n"), SnippetTests.Code("docs/writing-effects.md"));
    }

    [Fact]
    public async Task It_builds_under_effects_as_pasted_and_the_host_finds_it()
    {
        DirectoryInfo checkout = Directory.CreateTempSubdirectory("r3x-checkout-");
        try
        {
            foreach (string file in Rules)
                Copy(file);
            foreach (string file in Directory.EnumerateFiles(Repository.PathOf("effects"), "Directory.*"))
                Copy(Path.Combine("effects", Path.GetFileName(file)));
            string[] built = ["bin", "obj"];
            foreach (string sdk in Directory.EnumerateDirectories(Repository.PathOf("host"), "R3X.FxHost.Sdk*"))
            {
                foreach (string file in Directory.EnumerateFiles(sdk, "*", SearchOption.AllDirectories))
                {
                    if (!Path.GetRelativePath(sdk, file).Split(Path.DirectorySeparatorChar).Intersect(built).Any())
                        Copy(Path.GetRelativePath(Repository.Root, file));
                }
            }

            string folder = Directory.CreateDirectory(Path.Combine(checkout.FullName, "effects", "Gain")).FullName;
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            string readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"), cancellation);
            const string Project = "<Project Sdk=\"Microsoft.NET.Sdk\" />";
            Assert.Contains($"`effects/Gain/Gain.csproj` is `{Project}`", readme, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder, "Gain.csproj"), Project, cancellation);
            string code = SnippetTests.Code("README.md")
                .Single(code => code.Contains("[assembly: Effect(", StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, "Gain.cs"), code, cancellation);

            await DotnetProcess.BuildAsync(folder, "build", "-p:RunAnalyzers=true");
            string plugins = Path.Combine(checkout.FullName, "plugins");
            using var found = EffectCatalogue.Discover([plugins], PluginLoadMode.Shadow);
            Assert.Empty(found.Refused);
            Assert.True(found.TryLoad("gain", out LoadedEffect? effect, out _));
            Assert.Equal(["level"], effect.Parameters.Select(parameter => parameter.Id));
        }
        finally
        {
            checkout.Delete(recursive: true);
        }

        void Copy(string path)
        {
            string target = Path.Combine(checkout.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (File.Exists(Repository.PathOf(path)))
                File.Copy(Repository.PathOf(path), target);
        }
    }
}
