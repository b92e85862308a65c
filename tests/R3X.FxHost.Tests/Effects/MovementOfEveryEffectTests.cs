using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>Every setting of every effect that is found, moved by a sentence through a real chain.</summary>
public sealed class MovementOfEveryEffectTests
{
    private const int Rate = MovingChain.Rate;

    public static TheoryData<string, string> Settings()
    {
        var settings = new TheoryData<string, string>();
        foreach (string id in DiscoveredEffects.Ids)
        {
            foreach (Parameter parameter in DiscoveredEffects.Create(id).Parameters.Where(p => !p.IsStructural))
                settings.Add(id, parameter.Id);
        }

        return settings;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_wobble_is_heard_without_fault_and_the_same_however_the_line_is_cut(string id, string setting)
    {
        // Where the others stand: at their defaults, half way down, half way up. At one of them no other silences the
        // one that moves.
        Func<Parameter, double>[] stands = [p => p.Default, p => (p.Default + p.Minimum) / 2,
            p => (p.Default + p.Maximum) / 2];
        bool isHeard = false;
        foreach (var stand in stands)
        {
            float[] whole = Render(
                id, p => p.Id == setting ? SettingValue.Of(new Wobble(p.Minimum, p.Maximum, 3)) : stand(p), 1024);
            Assert.All(whole, sample => Assert.True(float.IsFinite(sample)));
            Assert.Equal(whole,
                Render(id, p => p.Id == setting ? SettingValue.Of(new Wobble(p.Minimum, p.Maximum, 3)) : stand(p), 77));
            isHeard |= !whole.AsSpan().SequenceEqual(Render(id, p => stand(p), 1024));
        }

        Assert.True(isHeard);
    }

    // Loud, with hiss and near silence, in two channels: something in it for every effect to act on.
    private static float[] Render(string id, Func<Parameter, SettingValue> valueOf, int size)
    {
        Chain chain = MovingChain.Prepare([MovingChain.Slot(id, valueOf)]);
        var line = new AudioBuffer(2, Rate);
        Signals.Voice(Rate, Rate, 0.9).CopyTo(line[0]);
        Signals.Noise(Rate, 0.7).AsSpan(Rate / 4, Rate / 2).CopyTo(line[1][(Rate / 4)..]);
        AudioBlock all = line.Block(Rate);
        TestEffect.Gain(all.Slice(Rate / 3, Rate / 3), 1e-3f);
        TestEffect.Gain(all.Slice(4 * Rate / 5, Rate / 10), 1e-3f);
        for (int at = 0; at < Rate; at += size)
            chain.Process(all.Slice(at, Math.Min(size, Rate - at)));
        Assert.Null(chain.Slots[0].Fault);
        return [.. line[0], .. line[1]];
    }
}
