using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace WarbleEffect.Tests;

public sealed class WarbleTests
{
    private static readonly float[] Line = [.. Enumerable.Range(0, 24_000).Select(i => MathF.Sin(i * 0.06f) / 2)];

    [Fact]
    public void At_its_neutral_setting_it_changes_no_bit() => Assert.Equal(Line, Processed("depth", 0, block: 480));

    [Fact]
    public void It_changes_the_sound_and_gets_no_louder()
    {
        float[] sound = Processed("depth", 60, block: 480);
        Assert.NotEqual(Line, sound);
        Assert.True(sound.Max() <= Line.Max());
    }

    [Fact]
    public void The_sound_does_not_depend_on_how_the_line_is_cut_into_blocks() =>
        Assert.Equal(Processed("depth", 60, block: 1024), Processed("depth", 60, block: 17));

    private static float[] Processed(string setting, double value, int block)
    {
        var effect = new Warble();
        double[] values = [.. effect.Parameters.Select(p => p.Id == setting ? value : p.Default)];
        effect.Prepare(new EffectSetup(
            new AudioFormat(24_000, 1), 1024, RenderQuality.Full, seed: 1, effect.Parameters, values));
        float[] sound = [.. Line];
        for (int start = 0; start < sound.Length; start += block)
            effect.Process(new AudioBlock(sound.AsSpan(start, Math.Min(block, sound.Length - start))));
        return sound;
    }
}
