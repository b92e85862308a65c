using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>What a host has at hand it gives to a chain in blocks of at most what the chain takes.</summary>
public sealed class BlocksOfAChainTests
{
    public static TheoryData<string> Effects => [.. DiscoveredEffects.Ids];

    [Theory]
    [MemberData(nameof(Effects))]
    public void However_much_is_at_hand_an_effect_sounds_the_same_in_a_chain(string id)
    {
        foreach (int rate in new[] { 8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000 })
        {
            float[][] sound = [Signals.Voice(5000, rate, 1.5), Signals.Noise(5000)];
            Assert.Equal(InChain(id, rate, sound, 1024), InChain(id, rate, sound, 2027));
        }
    }

    private static float[][] InChain(string id, int rate, float[][] sound, int atHand)
    {
        Chain chain = Chain.Prepare(
            TestEffect.Plan(MovingChain.Slot(id, p => p.Default)),
            new ChainSetup(new AudioFormat(rate, 2)) { Clock = new ManualClock() });
        var heard = new AudioBuffer(2, sound[0].Length);
        for (int channel = 0; channel < 2; channel++)
            sound[channel].CopyTo(heard[channel]);
        var line = heard.Block(sound[0].Length);
        for (int start = 0; start < line.Frames; start += atHand)
        {
            var part = line.Slice(start, Math.Min(atHand, line.Frames - start));
            for (int from = 0; from < part.Frames; from += chain.MaxFrames)
                chain.Process(part.Slice(from, Math.Min(chain.MaxFrames, part.Frames - from)));
        }

        return [heard[0].ToArray(), heard[1].ToArray()];
    }
}
