using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

public sealed class LoadingTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(nameof(PluginLoadMode.FromFile))]
    [InlineData(nameof(PluginLoadMode.Shadow))]
    public void A_plugin_with_a_library_of_its_own_loads_and_sounds(string name)
    {
        PluginLoadMode mode = Enum.Parse<PluginLoadMode>(name);
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover(mode);

        Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out RefusedPlugin? refused));

        Assert.Null(refused);
        Assert.Equal("gain", Assert.Single(loaded.Parameters).Id);
        Assert.Equal([0.5f, -0.25f], Sounds.Through(loaded, -6.020599913279624, [1f, -0.5f]));
    }

    [Fact]
    public void From_file_the_assembly_is_loaded_from_where_it_lies_in_a_context_that_is_not_collectible()
    {
        string file = _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover(PluginLoadMode.FromFile);
        Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out _));

        Assembly assembly = loaded.Create().GetType().Assembly;

        Assert.Equal(file, assembly.Location);
        Assert.False(assembly.IsCollectible);
    }

    [Fact]
    public void Plugins_share_the_Sdk_with_the_host_and_nothing_else()
    {
        _folders.Copy("test-gain");
        _folders.Copy("emits-nan");
        using EffectCatalogue catalogue = _folders.Discover();
        Type gain = Made(catalogue, "test-gain").GetType();
        Type nan = Made(catalogue, "emits-nan").GetType();

        Assembly gainParts = gain.BaseType!.Assembly;
        Assembly nanParts = nan.BaseType!.BaseType!.Assembly;

        Assert.Equal(gainParts.FullName, nanParts.FullName);
        Assert.NotSame(gainParts, nanParts);
        Assert.Same(typeof(IEffect), gain.GetInterfaces().Single());
        Assert.DoesNotContain(
            AssemblyLoadContext.GetLoadContext(gainParts)!.Assemblies, a => a.GetName().Name == "R3X.FxHost.Sdk");
    }

    [Fact]
    public void Asked_for_by_many_threads_at_once_an_effect_is_loaded_once()
    {
        _folders.Copy("test-gain");
        using EffectCatalogue catalogue = _folders.Discover();
        using var start = new Barrier(8);
        var loaded = new LoadedEffect?[8];

        Thread[] threads = [.. Enumerable.Range(0, loaded.Length).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            catalogue.TryLoad("test-gain", out loaded[i], out _);
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.NotNull(loaded[0]);
        Assert.All(loaded, l => Assert.Same(loaded[0], l));
    }

    [Fact]
    public void A_refusal_found_by_many_threads_at_once_is_listed_once()
    {
        new EmittedPlugin("bad") { Base = "ConstructorThrows" }.WriteTo(_folders, "bad");
        using EffectCatalogue catalogue = _folders.Discover();

        Parallel.For(0, 16, _ =>
            Assert.False(catalogue.TryLoad("bad", out LoadedEffect? _, out RefusedPlugin? refused) || refused is null));

        Assert.Single(catalogue.Refused);
    }

    [Fact]
    public void An_unknown_id_is_neither_loaded_nor_refused()
    {
        using EffectCatalogue catalogue = _folders.Discover();

        Assert.False(catalogue.TryLoad("comb", out LoadedEffect? effect, out RefusedPlugin? refused));

        Assert.Null(effect);
        Assert.Null(refused);
    }

    [Fact]
    public void Loading_all_finds_every_refusal_and_every_sound_effect()
    {
        _folders.Copy("test-gain");
        _folders.Copy("returns-1e9");
        new EmittedPlugin("bad") { Base = "ConstructorThrows" }.WriteTo(_folders, "bad");
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.Empty(catalogue.Refused);

        Assert.Equal(["returns-1e9", "test-gain"], catalogue.LoadAll().Select(l => l.Description.Id));
        Assert.Single(catalogue.Refused);
    }

    [Fact]
    public void An_effect_that_fails_later_throws_the_hosts_own_exception()
    {
        new EmittedPlugin("bad") { Base = "ThirdConstructorThrows" }.WriteTo(_folders, "bad");
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.True(catalogue.TryLoad("bad", out LoadedEffect? loaded, out _));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => loaded.Create());

        Assert.Contains("\"bad\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("two is enough", e.Message, StringComparison.Ordinal);
        // The plugin's own exception stays behind; its words and where they came from do not.
        Assert.Equal(typeof(EffectCatalogue).Assembly, e.InnerException!.GetType().Assembly);
        Assert.Contains("Emitted..ctor", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PluginLoadMode.FromFile))]
    [InlineData(nameof(PluginLoadMode.Shadow))]
    public void What_is_loaded_is_there_for_the_next_host_of_the_process(string name)
    {
        PluginLoadMode mode = Enum.Parse<PluginLoadMode>(name);
        string file = _folders.Copy("test-gain");
        System.Reflection.Assembly first = AssemblyOf();
        Assert.Same(first, AssemblyOf());
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(1));
        Assert.NotSame(first, AssemblyOf());

        System.Reflection.Assembly AssemblyOf()
        {
            using EffectCatalogue catalogue = _folders.Discover(mode);
            Assert.True(catalogue.TryLoad("test-gain", out LoadedEffect? loaded, out _));
            return loaded.Create().GetType().Assembly;
        }
    }

    [Theory]
    [InlineData("throws-on-block-5")]
    [InlineData("emits-nan")]
    [InlineData("returns-1e9")]
    [InlineData("takes-200-ms")]
    public void The_misbehaving_effects_pass_four_blocks_unchanged(string id)
    {
        _folders.Copy(id);
        using EffectCatalogue catalogue = _folders.Discover();
        Assert.True(catalogue.TryLoad(id, out LoadedEffect? loaded, out _));
        IEffect effect = loaded.Create();
        effect.Prepare(new EffectSetup(new AudioFormat(48_000, 1), 4, RenderQuality.Full, 1, [], []));
        float[] block = [0.5f, -0.5f];

        for (int i = 0; i < 4; i++)
            effect.Process(new AudioBlock(block));
        effect.Reset();
        for (int i = 0; i < 4; i++)
            effect.Process(new AudioBlock(block));

        Assert.Equal([0.5f, -0.5f], block);
    }

    private static IEffect Made(EffectCatalogue catalogue, string id)
    {
        Assert.True(catalogue.TryLoad(id, out LoadedEffect? loaded, out _));
        return loaded.Create();
    }
}
