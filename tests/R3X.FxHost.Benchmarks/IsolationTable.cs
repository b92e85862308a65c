using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Isolation;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>
/// What it costs to run effects in processes of their own, each figure beside the same in the host's: the way of a
/// block there and back at the pace of sound, processor time a second of sound, memory, start-up; and what is heard
/// when a worker is killed in the middle of a line.
/// </summary>
internal static class IsolationTable
{
    private const double Seconds = 10;
    private const double KillSeconds = 3;
    private const int Kills = 10;

    public static void Print()
    {
        using FxHost here = FxHost.Create(new FxHostOptions { Isolation = EffectIsolation.None });
        using FxHost there = FxHost.Create(new FxHostOptions { Isolation = EffectIsolation.All });
        Start("gain", here, "in the host");
        Start("gain", there, "in a worker");
        foreach (int frames in new[] { 256, 1_024 })
        {
            Paced("gain", here, frames, "in the host");
            Paced("gain", there, frames, "in a worker");
        }

        foreach (string preset in new[] { "neutral", "dj-r3x" })
        {
            Cost(preset, here, "in the host");
            Cost(preset, there, "in workers");
        }

        foreach (int frames in new[] { 256, 1_024 })
            Kill("comb", there, frames);
    }

    private static void Start(string id, FxHost host, string where)
    {
        long begun = Stopwatch.GetTimestamp();
        host.Effects.TryLoad(id, out LoadedEffect? effect, out _);
        Write($"{id} {where}: loaded in {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        begun = Stopwatch.GetTimestamp();
        Chain chain = Prepare([effect!], 1_024);
        Write($", prepared in {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.0} ms");
        if (effect!.Create.Target is IsolatedPlugin plugin)
        {
            chain.Process(new AudioBlock(new float[1_024]));
            using var process = Process.GetProcessById(plugin.WorkerId!.Value);
            Write($", {process.WorkingSet64 / 1048576.0:0} MB");
        }

        Console.WriteLine();
    }

    private static void Paced(string id, FxHost host, int frames, string where)
    {
        host.Effects.TryLoad(id, out LoadedEffect? effect, out _);
        Chain chain = Prepare([effect!], frames);
        float[] sound = Sound.Make((int)(Seconds * Sound.SampleRate));
        var times = new List<double>();
        foreach (long took in AtThePaceOfSound(chain, sound, frames, _ => { }))
            times.Add(took * 1e6 / Stopwatch.Frequency);
        times.RemoveRange(0, 20);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{frames,5} frames {where,-12} p50 {times[times.Count / 2],7:0.0} us  "
            + $"p99 {times[times.Count * 99 / 100],7:0.0} us  max {times[^1],7:0} us"));
    }

    private static void Cost(string preset, FxHost host, string where)
    {
        ChainPlan plan = host.Presets.Find(preset).Preset!.Plan;
        var chain = Chain.Prepare(plan, new ChainSetup(new AudioFormat(Sound.SampleRate, 1)));
        int[] workers = [.. plan.Slots.Select(slot => slot.Create.Target).OfType<IsolatedPlugin>().Distinct()
            .Select(plugin => plugin.WorkerId!.Value)];
        float[] sound = Sound.Make((int)(Seconds * Sound.SampleRate));
        double before = Worked(workers);
        foreach (long _ in AtThePaceOfSound(chain, sound, 1_024, _ => { }))
        {
        }

        double memory = workers.Sum(id =>
        {
            using var process = Process.GetProcessById(id);
            return process.WorkingSet64 / 1048576.0;
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{preset,-10} {where,-12} {(Worked(workers) - before) / Seconds * 1_000,6:0.0} ms of processor time a "
            + $"second; {workers.Length} workers, {memory:0} MB"));
        chain.LineEnded();
    }

    private static void Kill(string id, FxHost host, int frames)
    {
        host.Effects.TryLoad(id, out LoadedEffect? effect, out _);
        var plugin = (IsolatedPlugin)effect!.Create.Target!;
        float[] sound = Sound.Make((int)(KillSeconds * Sound.SampleRate));
        float[] whole = [.. sound];
        foreach (long _ in AtThePaceOfSound(Prepare([effect], frames), whole, frames, _ => { }))
        {
        }

        for (int kill = 0; kill < Kills; kill++)
        {
            // A second death within a minute waits for a second.
            using FxHost fresh = FxHost.Create(new FxHostOptions { Isolation = EffectIsolation.All });
            fresh.Effects.TryLoad(id, out effect, out _);
            plugin = (IsolatedPlugin)effect!.Create.Target!;
            float[] heard = [.. sound];
            int at = (int)((1.2 + (kill * 0.05)) * Sound.SampleRate) / frames;
            (long longest, int played) = (0, 0);
            foreach (long took in AtThePaceOfSound(Prepare([effect], frames), heard, frames, block =>
            {
                if (block == at)
                    Process.GetProcessById(plugin.WorkerId!.Value).Kill();
            }))
            {
                longest = Math.Max(longest, played++ >= at ? took : 0);
            }

            int dry = 0;
            for (int from = at * frames; from + frames <= heard.Length; from += frames)
                dry += heard.AsSpan(from, frames).SequenceEqual(sound.AsSpan(from, frames)) ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{frames,5} frames, killed at {at * frames * 1000.0 / Sound.SampleRate:0} ms: {dry} blocks dry; "
                + $"20 ms that differ by more than -20 dB: {Differing(whole, heard)}; lowest against the whole "
                + $"line {Lowest(whole, heard):0.0} dB; longest block {longest * 1e3 / Stopwatch.Frequency:0} ms"));
        }
    }

    private static int Differing(float[] whole, float[] heard) => Pieces(whole, heard).Count(piece =>
        piece.Difference > 0.01 * piece.Whole);

    private static double Lowest(float[] whole, float[] heard) => Pieces(whole, heard).Min(piece =>
        piece.Whole < 1e-6 ? 0 : 10 * Math.Log10(piece.Heard / piece.Whole));

    private static IEnumerable<(double Whole, double Heard, double Difference)> Pieces(float[] whole, float[] heard)
    {
        int length = Sound.SampleRate / 50;
        for (int at = 0; at + length <= whole.Length; at += length)
        {
            (double w, double h, double d) = (0, 0, 0);
            for (int i = at; i < at + length; i++)
            {
                w += whole[i] * whole[i];
                h += heard[i] * heard[i];
                d += (whole[i] - heard[i]) * (whole[i] - heard[i]);
            }

            yield return (w, h, d);
        }
    }

    private static Chain Prepare(LoadedEffect[] effects, int frames) => Chain.Prepare(
        new ChainPlan("isolation", [.. effects.Select(effect => new SlotPlan(
            effect.Description.Id, effect.Description.Id, "1.0.0", EffectRole.Tone, effect.Parameters,
            [.. effect.Parameters.Select(p => (SettingValue)p.Default)], effect.Create)
        {
            IsRemote = effect.OwnProcess is not null,
        })]), new ChainSetup(new AudioFormat(Sound.SampleRate, 1)) { MaxFrames = frames });

    // How long each block took.
    private static IEnumerable<long> AtThePaceOfSound(Chain chain, float[] samples, int frames, Action<int> before)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int block = 0; (block + 1) * frames <= samples.Length; block++)
        {
            long due = begun + (long)((double)block * frames / Sound.SampleRate * Stopwatch.Frequency);
            double left = (due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
            using (var timer = new ManualResetEventSlim())
                timer.Wait(TimeSpan.FromMilliseconds(Math.Max(0, left)));
            before(block);
            long start = Stopwatch.GetTimestamp();
            chain.Process(new AudioBlock(samples.AsSpan(block * frames, frames)));
            yield return Stopwatch.GetTimestamp() - start;
        }
    }

    private static double Worked(int[] workers)
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime.TotalSeconds + workers.Sum(id =>
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime.TotalSeconds;
        });
    }

    private static void Write(FormattableString text) => Console.Write(text.ToString(CultureInfo.InvariantCulture));
}
