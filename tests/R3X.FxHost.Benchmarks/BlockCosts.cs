using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>
/// What a block costs beyond its samples, slot by slot: chains of the neutral preset's first slots, each one slot
/// longer than the one before, take turns in blocks of four sizes; then the same slots with effects that do nothing,
/// which leaves what the host does around them. Mono at 44.1 kHz.
/// </summary>
internal static class BlockCosts
{
    private const int Large = 1_024;
    private const int Small = 256;
    private const int Rounds = 15;
    private const int RoundsBefore = 4;

    private static readonly int[] s_sizes = [Large, 512, Small, 441];

    // So long that the pause between two turns of a chain, behind which its slots are timed for a while, does not
    // matter.
    private static readonly float[] s_sound = Sound.Make(512 * Large);
    private static readonly AudioBuffer s_buffer = new(1, Large);

    public static void Measure()
    {
        Console.WriteLine($"{"ns a sample in blocks of",-24}{string.Concat(s_sizes.Select(size => $"{size,9}"))}   256 "
            + $"to 1,024   ns a block of 256 beyond its samples");
        ChainPlan neutral = Installed.Host.Presets.Find("neutral").Preset!.Plan;
        foreach (RenderQuality quality in new[] { RenderQuality.Full, RenderQuality.Draft })
            Measure(neutral with { Quality = quality }, $"{quality}, all slots");
        Measure(neutral with { Slots = [.. neutral.Slots.Select(slot =>
            slot with { Create = () => new Idle(slot.Parameters) })] }, "Idle, all slots");
    }

    private static void Measure(ChainPlan plan, string name)
    {
        Chain[][] chains = [.. Enumerable.Range(0, plan.Slots.Count + 1).Select(
            slots => s_sizes.Select(_ => Prepare(plan, slots)).ToArray())];
        List<double>[][] times = [.. chains.Select(_ => s_sizes.Select(_ => new List<double>()).ToArray())];
        for (int round = -RoundsBefore; round < Rounds; round++)
        {
            for (int slots = 0; slots < chains.Length; slots++)
            {
                for (int size = 0; size < s_sizes.Length; size++)
                {
                    double time = Time(chains[slots][size], s_sizes[size]);
                    if (round >= 0)
                        times[slots][size].Add(time);
                }
            }
        }

        double[] before = new double[s_sizes.Length];
        for (int slots = 0; slots < chains.Length; slots++)
        {
            double[] whole = [.. times[slots].Select(Median)];
            Print(slots == 0 ? "no slot" : plan.Slots[slots - 1].EffectId,
                [.. whole.Zip(before, (all, others) => all - others)]);
            before = whole;
        }

        Print(name, before);
    }

    private static Chain Prepare(ChainPlan plan, int slots)
    {
        var setup = new ChainSetup(new AudioFormat(Sound.SampleRate, 1));
        var chain = Chain.Prepare(plan with { Slots = [.. plan.Slots.Take(slots)] }, setup);
        chain.WarmUp();
        return chain;
    }

    // Nanoseconds a sample. The sound is fetched in pieces as long for blocks of every size.
    private static double Time(Chain chain, int blockFrames)
    {
        int piece = Large / blockFrames * blockFrames;
        chain.Reset();
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < s_sound.Length; at += piece)
        {
            int frames = Math.Min(piece, s_sound.Length - at);
            s_sound.AsSpan(at, frames).CopyTo(s_buffer[0]);
            for (int start = 0; start < frames; start += blockFrames)
                chain.Process(s_buffer.Block(start, Math.Min(blockFrames, frames - start)));
        }

        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / s_sound.Length;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Print(string name, double[] nanoseconds)
    {
        double large = nanoseconds[0], small = nanoseconds[Array.IndexOf(s_sizes, Small)];
        double beyond = (small - large) * Small * Large / (Large - Small);
        string times = string.Concat(
            nanoseconds.Select(time => time.ToString("F2", CultureInfo.InvariantCulture).PadLeft(9)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-24}{times}{small / large,15:F3}{beyond,15:F0}"));
    }

    private sealed class Idle(IReadOnlyList<Parameter> parameters) : IEffect
    {
        public IReadOnlyList<Parameter> Parameters => parameters;

        public EffectTiming Prepare(EffectSetup setup) => EffectTiming.Immediate;

        public void SetParameter(Parameter parameter, double value)
        {
        }

        public void Process(AudioBlock block)
        {
        }

        public void Reset()
        {
        }
    }
}
