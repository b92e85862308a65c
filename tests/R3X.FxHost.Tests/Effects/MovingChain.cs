using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Conformance;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;

namespace R3X.FxHost.Tests.Effects;

/// <summary>Chains of real effects whose settings move.</summary>
internal static class MovingChain
{
    public const int Rate = 44_100;

    /// <summary>An effect with the values a test gives its settings.</summary>
    public static SlotPlan Slot(string id, Func<Parameter, SettingValue> valueOf)
    {
        Parameter[] parameters = [.. DiscoveredEffects.Create(id).Parameters];
        SettingValue[] values =
            [.. parameters.Select(p => p.Points is null ? valueOf(p) : SettingValue.Of(TestCurve.Of([p])))];
        EffectRole role = DiscoveredEffects.Describe(id).Role;
        return new SlotPlan(id, id, "1.0.0", role, parameters, values, () => DiscoveredEffects.Create(id));
    }

    /// <summary>A chain on a clock that stands still: a busy machine costs no effect its place.</summary>
    public static Chain Prepare(IEnumerable<SlotPlan> slots, int channels = 2, ulong seed = 3) =>
        Chain.Prepare(TestEffect.Plan([.. slots]),
            new ChainSetup(new AudioFormat(Rate, channels)) { Seed = seed, Clock = new ManualClock() });

    /// <summary>An effect with the five sentences by turns for its settings.</summary>
    public static SlotPlan OfAllSentences(string id)
    {
        int turn = 0;
        return Slot(id, p => p.IsStructural ? p.Default : Sentence(p, turn++));
    }

    /// <summary>A value on the way through a setting's range.</summary>
    public static double At(Parameter p, double share) => ModulatedParameter.Between(p, p.Minimum, p.Maximum, share);

    /// <summary>Runs a line through in blocks of a size; 0 takes sizes by chance. No effect may fail at it.</summary>
    public static float[] Run(Chain chain, float[][] line, int size)
    {
        var random = new Random(5);
        int frames = line[0].Length;
        var buffer = new AudioBuffer(line.Length, frames);
        for (int channel = 0; channel < line.Length; channel++)
            line[channel].CopyTo(buffer[channel]);
        AudioBlock all = buffer.Block(frames);
        for (int at = 0; at < frames;)
        {
            int next = Math.Min(size == 0 ? random.Next(1, 1025) : size, frames - at);
            chain.Process(all.Slice(at, next));
            at += next;
        }

        Xunit.Assert.All(chain.Slots, slot => Xunit.Assert.Null(slot.Fault));
        return [.. Enumerable.Range(0, line.Length).SelectMany(channel => buffer[channel].ToArray())];
    }

    // The middle of each range: all the extremes of all effects at once would be noise.
    private static SettingValue Sentence(Parameter p, int turn) => SettingValue.Of((turn % 5) switch
    {
        0 => new Wobble(At(p, 0.3), At(p, 0.6), 3.7),
        1 => new Sweep(At(p, 0.6), At(p, 0.3), 130),
        2 => new FollowLoudness(At(p, 0.3), At(p, 0.6), 20),
        3 => new RandomDraw(At(p, 0.3), At(p, 0.6)),
        _ => new Pick([At(p, 0.3), At(p, 0.45), At(p, 0.6)]),
    });
}
