using System;
using System.Linq;
using R3X.FxHost.Conformance;
using R3X.FxHost.Sdk;
using Xunit;

namespace WarbleEffect.Tests;

public sealed class WarbleTests
{
    /// <summary>What every effect promises: any blocks, true latency and tail, no clicks, no allocation ...</summary>
    [Theory]
    [ClassData(typeof(EffectPromises))]
    public void It_keeps_what_every_effect_promises(string check) => EffectConformance.Assert<Warble>(check);

    [Fact]
    public void It_sinks_between_two_swells_by_its_depth()
    {
        var effect = new Warble();
        double[] values = [.. effect.Parameters.Select(parameter => parameter.Default)];
        effect.Prepare(new EffectSetup(
            new AudioFormat(24_000, 1), 1024, RenderQuality.Full, seed: 1, effect.Parameters, values));
        float[] steady = new float[24_000];
        Array.Fill(steady, 0.5f);
        for (int start = 0; start < steady.Length; start += 480)
            effect.Process(new AudioBlock(steady.AsSpan(start, 480)));
        Assert.Equal(0.5f, steady.Max(), 0.001f);
        Assert.Equal(0.2f, steady.Min(), 0.001f);
    }
}
