using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>Chains of every effect that is found, everything on the move.</summary>
public sealed class MovingChainTests
{
    private static readonly float[][] Line = MakeLine();

    public static TheoryData<string> Effects() => [.. DiscoveredEffects.Ids];

    [Theory]
    [MemberData(nameof(Effects))]
    public void However_a_line_is_cut_it_is_the_same_bit_for_bit(string id)
    {
        Chain chain = MovingChain.Prepare([MovingChain.OfAllSentences(id)]);
        float[] whole = MovingChain.Run(chain, Line, 1024);
        Assert.Contains(whole, sample => Math.Abs(sample) > 0.01f);
        foreach (int size in (int[])[1, 10, 17, 256, 0])
        {
            chain.Reset();
            Assert.Equal(whole, MovingChain.Run(chain, Line, size));
        }

        Assert.Equal(whole, MovingChain.Run(MovingChain.Prepare([MovingChain.OfAllSentences(id)]), Line, 0));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_same_seed_repeats_the_line_bit_for_bit_and_another_does_not(string id)
    {
        float[] Drawn(ulong seed) => MovingChain.Run(
            MovingChain.Prepare([MovingChain.Slot(id, p => p.IsStructural
                ? p.Default : SettingValue.Of(new RandomDraw(p.Minimum, p.Maximum)))], seed: seed), Line, 256);
        float[] line = Drawn(3);
        Assert.Equal(line, Drawn(3));
        Assert.NotEqual(line, Drawn(4));
    }

    [Fact]
    public void What_is_picked_sounds_as_if_it_stood_there()
    {
        foreach (string id in DiscoveredEffects.Ids)
        {
            float[] Sound(Func<double, SettingValue> value) =>
                MovingChain.Run(MovingChain.Prepare([MovingChain.Slot(id,
                    p => p.IsStructural ? p.Default : value(MovingChain.At(p, 0.4)))]), Line, 256);
            Assert.Equal(Sound(v => v), Sound(v => SettingValue.Of(new Pick([v, v]))));
        }
    }

    [Fact]
    public void Nothing_is_allocated_while_everything_moves()
    {
        Chain chain = MovingChain.Prepare(DiscoveredEffects.Ids.Select(MovingChain.OfAllSentences));
        var buffer = new AudioBuffer(2, 1024);
        Pass(chain, buffer);
        Assert.Equal(0, Allocations.Fewest(() => Pass(chain, buffer)));
    }

    private static void Pass(Chain chain, AudioBuffer buffer)
    {
        for (int at = 0; at < 20_000; at += 1000)
        {
            for (int channel = 0; channel < 2; channel++)
                Line[channel].AsSpan(at, 1000).CopyTo(buffer[channel]);
            chain.Process(buffer.Block(1000));
        }

        chain.Reset();
    }

    // Loud, with hiss and near silence: something in it for every effect to act on.
    private static float[][] MakeLine()
    {
        float[][] line = [Signals.Voice(20_000, MovingChain.Rate, 0.9), Signals.Noise(20_000, 0.7)];
        foreach (float[] channel in line)
        {
            foreach (ref float sample in channel.AsSpan(8_000, 5_000))
                sample *= 1e-3f;
        }

        return line;
    }
}
