using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Refusals that show without loading. Beside each bad plugin lies a good one, which must not
/// suffer.</summary>
public sealed class FileRefusalTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public FileRefusalTests() => _folders.Copy("test-gain");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Two_plugins_with_one_id_are_both_refused_and_each_names_the_other()
    {
        string first = new EmittedPlugin("comb").WriteTo(_folders, "first");
        string second = new EmittedPlugin("comb").WriteTo(_folders, "second");

        using EffectCatalogue catalogue = DiscoverWithGoodOneIntact();

        Assert.Equal([first, second], catalogue.Refused.Select(r => r.File));
        Assert.Contains(second, catalogue.Refused[0].Reason, StringComparison.Ordinal);
        Assert.Contains(first, catalogue.Refused[1].Reason, StringComparison.Ordinal);
        Assert.False(catalogue.TryLoad("comb", out LoadedEffect? effect, out RefusedPlugin? refused));
        Assert.Null(effect);
        Assert.Contains("\"comb\"", refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_plugin_stands_when_a_refused_one_claims_its_id()
    {
        new EmittedPlugin("comb").WriteTo(_folders, "good");
        string old = new EmittedPlugin("comb") { ApiLevel = 99 }.WriteTo(_folders, "old");

        using EffectCatalogue catalogue = DiscoverWithGoodOneIntact();

        Assert.Equal(old, Assert.Single(catalogue.Refused).File);
        Assert.True(catalogue.TryLoad("comb", out _, out _));
    }

    [Fact]
    public void A_wrong_api_level_is_named_with_both_numbers()
    {
        string file = new EmittedPlugin("comb") { ApiLevel = 99 }.WriteTo(_folders, "comb");

        RefusedPlugin refused = TheOneRefused(file);

        Assert.Contains("API level 99", refused.Reason, StringComparison.Ordinal);
        Assert.Contains($"API level {SdkApi.Level}", refused.Reason, StringComparison.Ordinal);
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.False(catalogue.TryLoad("comb", out _, out RefusedPlugin? asked));
        Assert.Equal(refused, asked);
    }

    [Fact]
    public void A_private_copy_of_the_Sdk_is_named()
    {
        string file = new EmittedPlugin("comb").WriteTo(_folders, "comb");
        string copy = _folders.PathOf("comb", "R3X.FxHost.Sdk.dll");
        File.Copy(typeof(IEffect).Assembly.Location, copy);

        RefusedPlugin refused = TheOneRefused(file);

        Assert.Contains(copy, refused.Reason, StringComparison.Ordinal);
        Assert.Contains("Private=\"false\"", refused.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Comb")]
    [InlineData("ring mod")]
    [InlineData("-comb")]
    [InlineData("comb-")]
    [InlineData("ring--mod")]
    [InlineData("8-bit")]
    [InlineData("größe")]
    [InlineData("../comb")]
    public void An_id_that_is_not_kebab_case_is_refused(string id)
    {
        string file = new EmittedPlugin(id).WriteTo(_folders, "odd");

        Assert.Contains($"\"{id}\"", TheOneRefused(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_id_is_shown_in_part()
    {
        string file = new EmittedPlugin(new string('A', 100_000)).WriteTo(_folders, "odd");

        Assert.InRange(TheOneRefused(file).Reason.Length, 64, 200);
    }

    [Fact]
    public void A_role_that_does_not_exist_is_refused_with_those_that_do()
    {
        string file = new EmittedPlugin("comb") { Role = (EffectRole)17 }.WriteTo(_folders, "comb");

        RefusedPlugin refused = TheOneRefused(file);

        Assert.Contains("17", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("Modulation", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nameless_effect_is_refused()
    {
        string file = new EmittedPlugin("comb") { Name = " " }.WriteTo(_folders, "comb");

        Assert.Contains("no name", TheOneRefused(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_refused() =>
        Assert.Contains("empty", TheOneRefused(_folders.Write("bad", "bad.dll", [])).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_text_file_is_refused() =>
        Assert.Contains("not a .NET assembly", TheOneRefused(_folders.Write("bad", "bad.DLL",
            "Hello there"u8.ToArray())).Reason, StringComparison.Ordinal);

    [Fact]
    public void An_assembly_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(_folders.PathOf("test-gain", "test-gain.dll"));
        for (int length = 1; length < whole.Length; length += 61)
        {
            string file = _folders.Write("bad", "bad.dll", whole[..length]);
            TheOneRefused(file);
        }
    }

    [Fact]
    public void A_damaged_assembly_never_costs_the_others()
    {
        byte[] whole = File.ReadAllBytes(Repository.PathOf("artifacts", "test-plugins", "emits-nan", "emits-nan.dll"));
        int refused = 0;
        for (int at = 0; at < whole.Length - 4; at += 37)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged.AsSpan(at, 4).Fill(0xFF);
            string file = _folders.Write("bad", "bad.dll", damaged);

            using EffectCatalogue catalogue = DiscoverWithGoodOneIntact();

            Assert.All(catalogue.Refused, r => Assert.Equal(file, r.File));
            refused += catalogue.Refused.Count;
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void A_native_library_alone_is_refused_but_beside_an_effect_it_is_not()
    {
        byte[] native = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0];
        _folders.Write("test-gain", "native.dll", native);
        string alone = _folders.Write("bad", "native.dll", native);

        Assert.Contains("native library", TheOneRefused(alone).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_beside_an_effect_is_named_and_the_effect_loads()
    {
        string text = _folders.Write("test-gain", "notes.dll", "notes"u8.ToArray());

        TheOneRefused(text);
    }

    [Fact]
    public void A_folder_of_libraries_without_an_effect_is_named()
    {
        string unmarked = new EmittedPlugin("comb") { HasMark = false }.WriteTo(_folders, "unmarked");

        Assert.Contains("2 DLLs", TheOneRefused(Path.GetDirectoryName(unmarked)!).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_libraries_of_a_damaged_effect_are_not_blamed()
    {
        string file = _folders.Copy("emits-nan");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);

        Assert.Contains("cut short", TheOneRefused(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_library_without_an_effect_is_named()
    {
        string file = _folders.Write("library", "library.dll", File.ReadAllBytes(typeof(IEffect).Assembly.Location));

        Assert.Contains("does not say that it is an effect", TheOneRefused(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_nowhere_and_a_link_to_itself_are_refused()
    {
        Directory.CreateDirectory(_folders.PathOf("bad"));
        string nowhere = _folders.PathOf("bad", "a-nowhere.dll");
        string itself = _folders.PathOf("bad", "b-itself.dll");
        File.CreateSymbolicLink(nowhere, _folders.PathOf("nothing.dll"));
        File.CreateSymbolicLink(itself, itself);

        using EffectCatalogue catalogue = DiscoverWithGoodOneIntact();

        Assert.Equal([nowhere, itself], catalogue.Refused.Select(r => r.File));
        Assert.All(catalogue.Refused, r => Assert.Contains("cannot be read", r.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_to_a_device_is_refused_and_not_read_for_ever()
    {
        Directory.CreateDirectory(_folders.PathOf("bad"));
        string endless = _folders.PathOf("bad", "endless.dll");
        File.CreateSymbolicLink(endless, "/dev/zero");

        TheOneRefused(endless);
    }

    private RefusedPlugin TheOneRefused(string file)
    {
        using EffectCatalogue catalogue = DiscoverWithGoodOneIntact();
        RefusedPlugin refused = Assert.Single(catalogue.Refused);
        Assert.Equal(file, refused.File);
        Assert.EndsWith(".", refused.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Fix, StringComparison.Ordinal);
        return refused;
    }

    private EffectCatalogue DiscoverWithGoodOneIntact()
    {
        EffectCatalogue catalogue = _folders.Discover();
        Assert.Contains(catalogue.Effects, e => e.Id == "test-gain");
        Assert.DoesNotContain(catalogue.Effects, e => catalogue.Refused.Any(r => r.File == e.File));
        return catalogue;
    }
}
