using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Refusals that only show when the code is loaded and run. A good plugin lies beside each and must
/// load.</summary>
public sealed class LoadRefusalTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public LoadRefusalTests() => _folders.Copy("test-gain");

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(nameof(PluginLoadMode.FromFile))]
    [InlineData(nameof(PluginLoadMode.Shadow))]
    public void A_missing_dependency_is_named(string name)
    {
        PluginLoadMode mode = Enum.Parse<PluginLoadMode>(name);
        string file = _folders.Copy("emits-nan");
        File.Delete(_folders.PathOf("emits-nan", "R3X.FxHost.TestPlugins.Parts.dll"));

        Assert.Contains(
            "R3X.FxHost.TestPlugins.Parts", Refusal(file, "emits-nan", mode).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_dependency_is_named_without_the_compilers_list_of_them()
    {
        string file = _folders.Copy("emits-nan");
        File.Delete(_folders.PathOf("emits-nan", "R3X.FxHost.TestPlugins.Parts.dll"));
        File.Delete(_folders.PathOf("emits-nan", "emits-nan.deps.json"));

        RefusedPlugin refused = Refusal(file, "emits-nan");

        Assert.Contains("R3X.FxHost.TestPlugins.Parts", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("R3X.FxHost.TestPlugins.Parts.dll", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependency_that_is_no_assembly_is_named()
    {
        string file = _folders.Copy("emits-nan");
        File.WriteAllText(_folders.PathOf("emits-nan", "R3X.FxHost.TestPlugins.Parts.dll"), "Hello");

        Assert.Contains("R3X.FxHost.TestPlugins.Parts", Refusal(file, "emits-nan").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_built_with_a_later_Sdk_is_refused_with_both_versions()
    {
        string file = new EmittedPlugin("bad").WriteTo(_folders, "bad");
        SetReferenceMajor(file, "R3X.FxHost.Sdk", 9);

        RefusedPlugin refused = Refusal(file, "bad");

        Assert.Contains("R3X.FxHost.Sdk 9.0.0.0", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("R3X.FxHost.Sdk 1.0.0.0", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_built_for_a_later_NET_is_refused()
    {
        string file = _folders.Copy("emits-nan");
        SetReferenceMajor(file, "System.Runtime", 99);

        RefusedPlugin refused = Refusal(file, "emits-nan");

        Assert.Contains("System.Runtime 99.0.0.0", refused.Reason, StringComparison.Ordinal);
        Assert.Contains($".NET {Environment.Version.Major}", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_dependencies_that_cannot_be_read_is_refused()
    {
        string file = _folders.Copy("emits-nan");
        File.WriteAllText(_folders.PathOf("emits-nan", "emits-nan.deps.json"), "{ this is not JSON");

        Assert.Contains("depends on", Refusal(file, "emits-nan").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConstructorThrows", "BrokenEffectException: the table of windows is missing.")]
    [InlineData("StaticConstructorThrows", "BrokenEffectException: the table is missing.")]
    [InlineData("ParametersThrow", "BrokenEffectException: no settings today.")]
    [InlineData("ParametersNull", "Parameters are null.")]
    [InlineData("ParameterNull", "Number 1 of its Parameters is null.")]
    [InlineData("ParameterTwice", "two parameters with the id \"mix\"")]
    [InlineData("ParameterMisnamed", "\"Dry Wet\"")]
    [InlineData("ParametersTooMany", "65 parameters; 64 are allowed")]
    [InlineData("ParametersOfEachInstance", "Parameter objects of its own")]
    public void An_effect_that_fails_when_it_is_made_is_refused_with_its_own_words(string what, string words)
    {
        string file = new EmittedPlugin("bad") { Base = what }.WriteTo(_folders, "bad");

        Assert.Contains(words, Refusal(file, "bad").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_a_public_effect_is_refused()
    {
        string file = new EmittedPlugin("bad") { IsPublic = false }.WriteTo(_folders, "bad");

        Assert.Contains("no public class", Refusal(file, "bad").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_with_two_effects_is_refused_with_both_names()
    {
        string file = new EmittedPlugin("bad") { Classes = ["First", "Second"] }.WriteTo(_folders, "bad");

        Assert.Contains("First and Second", Refusal(file, "bad").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_without_a_plain_constructor_is_refused()
    {
        string file = new EmittedPlugin("bad") { HasConstructorArgument = true }.WriteTo(_folders, "bad");

        Assert.Contains(
            "no public constructor without parameters", Refusal(file, "bad").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_vanished_since_discovery_is_refused()
    {
        string file = _folders.Copy("emits-nan");
        using EffectCatalogue catalogue = _folders.Discover(PluginLoadMode.FromFile);
        File.Delete(file);

        Assert.False(catalogue.TryLoad("emits-nan", out _, out RefusedPlugin? refused));
        Assert.Equal(file, refused!.File);
        Assert.Contains("emits-nan.dll", refused.Reason, StringComparison.Ordinal);
    }

    // The first field of a row of the AssemblyRef table is the major version (ECMA-335, II.22.5).
    private static void SetReferenceMajor(string file, string name, byte major)
    {
        byte[] bytes = File.ReadAllBytes(file);
        using var image = new PEReader(new MemoryStream(bytes));
        MetadataReader metadata = image.GetMetadataReader();
        AssemblyReferenceHandle handle = metadata.AssemblyReferences.Single(
            h => metadata.StringComparer.Equals(metadata.GetAssemblyReference(h).Name, name));
        int row = MetadataTokens.GetRowNumber(handle) - 1;
        int offset = image.PEHeaders.MetadataStartOffset
            + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (row * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        bytes[offset] = major;
        File.WriteAllBytes(file, bytes);
    }

    private RefusedPlugin Refusal(string file, string id, PluginLoadMode mode = PluginLoadMode.Shadow)
    {
        using EffectCatalogue catalogue = _folders.Discover(mode);
        Assert.False(catalogue.TryLoad(id, out LoadedEffect? effect, out RefusedPlugin? refused));
        Assert.Null(effect);
        Assert.NotNull(refused);
        Assert.Equal(file, refused.File);
        Assert.Contains(refused, catalogue.Refused);
        Assert.EndsWith(".", refused.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Reason);

        Assert.False(catalogue.TryLoad(id, out _, out RefusedPlugin? again));
        Assert.Same(refused, again);
        Assert.True(catalogue.TryLoad("test-gain", out _, out _));
        return refused;
    }
}
