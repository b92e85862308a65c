using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>However a line is cut into blocks, it sounds the same bit for bit, at every rate, alone and in a
/// chain.</summary>
internal sealed class BlocksDoNotMatter : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        foreach (int rate in Rates)
        {
            float[][] sound = [Signals.Voice(5000, rate, 1.5), Signals.Noise(5000)];
            sound[0].AsSpan(2500, 1200).Clear();
            var whole = subject.Line(rate, 2).Run(sound, _ => 1024);
            var random = new Random(7);
            foreach (var sizes in new Func<int, int>[] { _ => 1, _ => 10, _ => 17, _ => 256, _ => 511,
                _ => random.Next(1, 1025) })
                Same(whole, subject.Line(rate, 2).Run(sound, sizes));
            Same(InChain(subject, rate, sound, 1024), InChain(subject, rate, sound, 2027));
        }
    }

    // What a host has at hand it gives to a chain in blocks of at most what the chain takes.
    private static float[][] InChain(Subject subject, int rate, float[][] sound, int atHand)
    {
        SettingValue[] values = [.. subject.Parameters.Select(TestCurve.ValueOf)];
        string id = subject.Id;
        var slot = new SlotPlan(id, id, "1.0.0", subject.Role, subject.Parameters, values, subject.Create);
        var chain = Chain.Prepare(
            new ChainPlan("test", [slot]), new ChainSetup(new AudioFormat(rate, 2)) { Clock = new ManualClock() });
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
