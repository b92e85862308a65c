using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

public sealed class UnloadingTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void An_unloaded_plugin_is_really_gone()
    {
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();

        LoadedEffect kept = UseAndUnload(catalogue);
        AssertGone(catalogue);
        // The host may keep what it was given; none of it is the plugin's.
        Assert.Equal("gain", Assert.Single(kept.Parameters).Id);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => kept.Create());
        Assert.Contains("unloaded", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_whose_effect_is_still_in_use_lingers_until_it_is_dropped()
    {
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();
        var chain = new List<IEffect>();

        MakeAndUnload(catalogue, chain);
        Collect();
        Assert.Equal(["test-gain"], catalogue.Lingering);
        chain.Clear();
        AssertGone(catalogue);
    }

    [Theory]
    [InlineData("ConstructorThrows")]
    [InlineData("ParametersThrow")]
    [InlineData("ParameterTwice")]
    public void A_plugin_refused_after_loading_is_really_gone(string what)
    {
        new EmittedPlugin("bad") { Base = what }.WriteTo(_folders, "bad");
        using EffectCatalogue catalogue = _folders.Discover();

        Refuse(catalogue);
        AssertGone(catalogue);
        Assert.Single(catalogue.Refused);
    }

    [Fact]
    public void A_plugin_whose_effect_throws_while_sounding_is_really_gone_afterwards()
    {
        _folders.Copy("throws-on-block-5");
        using EffectCatalogue catalogue = _folders.Discover();

        string words = ThrowAndUnload(catalogue);

        AssertGone(catalogue);
        Assert.Equal("This is block 5.", words);
    }

    [Fact]
    public void In_shadow_mode_the_plugins_files_are_free_and_a_new_build_is_what_loads_next()
    {
        string file = _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.True(catalogue.TryLoad("test-gain", out _, out _));

        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.True(catalogue.Unload("test-gain"));
        File.Delete(file);
        new EmittedPlugin("test-gain") { Name = "Newer", Base = "PassThrough" }.WriteTo(_folders, "test-gain");
        File.Move(_folders.PathOf("test-gain", "Emitted.test-gain.dll"), file);

        Assert.True(
            catalogue.TryLoad("test-gain", out LoadedEffect? newer, out RefusedPlugin? refused), refused?.Reason);
        Assert.Equal("Newer", newer.Description.Name);
        Assert.Equal(file, newer.Description.File);
        Assert.Empty(newer.Parameters);
    }

    [Fact]
    public void A_file_replaced_by_another_effect_is_refused()
    {
        string file = _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();
        File.Copy(Repository.PathOf("artifacts", "test-plugins", "emits-nan", "emits-nan.dll"), file, overwrite: true);

        Assert.False(catalogue.TryLoad("test-gain", out _, out RefusedPlugin? refused));
        Assert.Contains("\"test-gain\"", refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void From_file_nothing_is_unloaded()
    {
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover(PluginLoadMode.FromFile);
        Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out _));

        Assert.False(catalogue.Unload("test-gain"));

        Assert.NotNull(loaded.Create());
        Assert.Empty(catalogue.Lingering);
    }

    [Fact]
    public void Unloading_what_is_not_loaded_does_nothing()
    {
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();

        Assert.False(catalogue.Unload("test-gain"));
        Assert.False(catalogue.Unload("no-such"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LoadedEffect UseAndUnload(EffectCatalogue catalogue)
    {
        Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out _));
        Assert.Equal([1f], Sounds.Through(loaded, 0, [1f]));
        Assert.True(catalogue.Unload("test-gain"));
        return loaded;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndUnload(EffectCatalogue catalogue, List<IEffect> chain)
    {
        Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out _));
        chain.Add(loaded.Create());
        Assert.True(catalogue.Unload("test-gain"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(EffectCatalogue catalogue) => Assert.False(catalogue.TryLoad("bad", out _, out _));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string ThrowAndUnload(EffectCatalogue catalogue)
    {
        Assert.True(catalogue.TryLoad("throws-on-block-5", out LoadedEffect? loaded, out _));
        IEffect effect = loaded.Create();
        string words = "";
        try
        {
            for (int i = 0; i < 5; i++)
                effect.Process(new AudioBlock(new float[1]));
        }
        catch (InvalidOperationException e)
        {
            words = e.Message;
        }

        Assert.True(catalogue.Unload("throws-on-block-5"));
        return words;
    }

    // The runtime itself may hold on for a moment: methods just called wait in a queue for their better code.
    private static void AssertGone(EffectCatalogue catalogue)
    {
        long start = Stopwatch.GetTimestamp();
        do
            Collect();
        while (catalogue.Lingering.Count > 0 && Stopwatch.GetElapsedTime(start).TotalSeconds < 20);
        Assert.Empty(catalogue.Lingering);
    }

    private static void Collect()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
    }
}
