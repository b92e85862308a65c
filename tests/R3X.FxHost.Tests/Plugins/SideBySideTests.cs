using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Plugins that bring the same library in different versions work in one chain, each with its own.</summary>
public sealed class SideBySideTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(nameof(PluginLoadMode.FromFile))]
    [InlineData(nameof(PluginLoadMode.Shadow))]
    public void Two_versions_of_one_library_work_in_one_chain(string mode)
    {
        // The second has another number and other members: with the other's library neither would work.
        Write("halves", "1.0.0.0", "Half => 0.5f", "Half");
        Write("quarters", "2.0.0.0", "Quarter => 0.25f", "Quarter");
        using EffectCatalogue catalogue = _folders.Discover(Enum.Parse<PluginLoadMode>(mode));
        Assert.Empty(catalogue.Refused);
        SlotPlan[] slots = [.. new[] { "halves", "quarters" }.Select(id => Slot(catalogue, id))];
        var chain = Chain.Prepare(
            TestEffect.Plan(slots), new ChainSetup(new AudioFormat(48_000, 1)) { Clock = new ManualClock() });
        float[] sound = Signals.Noise(256);
        float[] heard = [.. sound];

        chain.Process(new AudioBlock(heard));

        Assert.Equal(sound.Select(sample => 0.5f * 0.25f * sample), heard);
        Assert.Equal(
            [new Version(1, 0, 0, 0), new Version(2, 0, 0, 0)],
            slots.Select(slot => slot.Create().GetType().Assembly.GetReferencedAssemblies().Single(
                reference => reference.Name == "Levels").Version));
    }

    private void Write(string id, string version, string member, string used)
    {
        string library = CompiledPlugin.Compile(
            _folders.PathOf(id, "Levels.dll"),
            $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")] "
                + $"public static class Levels {{ public static float {member}; }}");
        CompiledPlugin.CompileEffect(
            _folders.PathOf(id, id + ".dll"),
            id,
            $"for (int i = 0; i < block.Frames; i++) block[0][i] *= Levels.{used};",
            references: library);
    }

    private static SlotPlan Slot(EffectCatalogue catalogue, string id)
    {
        Assert.True(catalogue.TryLoad(id, out LoadedEffect? loaded, out _));
        return new SlotPlan(id, id, "1.0.0", EffectRole.Tone, loaded.Parameters, [], loaded.Create);
    }
}
