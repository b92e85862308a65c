using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>What movement costs the neutral preset's chain, mono at 44.1 kHz in blocks of 1,024 frames.</summary>
public class MovementBenchmarks
{
    private const int SoundFrames = 64 * 1_024;
    private const int BlockFrames = 1_024;

    private readonly float[] _sound = Sound.Make(SoundFrames);
    private readonly AudioBuffer _buffer = new(1, BlockFrames);
    private Chain _still = null!;
    private Chain _drawn = null!;
    private Chain _combMoves = null!;
    private Chain _allMoves = null!;

    /// <summary>Builds the chains.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _still = Build((_, value) => value);
        _drawn = Build(
            (parameter, value) => new SettingValue(value.Still, new RandomDraw(value.Still, parameter.Maximum)));
        _combMoves = Build((parameter, value) => parameter.Id == "delay" ? Wobbling(parameter, value) : value);
        _allMoves = Build(Wobbling);
    }

    /// <summary>As the preset is.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SoundFrames)]
    public void Still() => Run(_still);

    /// <summary>Every setting drawn at the line's beginning.</summary>
    [Benchmark(OperationsPerInvoke = SoundFrames)]
    public void EverythingDrawn() => Run(_drawn);

    /// <summary>One sentence, the comb's delay.</summary>
    [Benchmark(OperationsPerInvoke = SoundFrames)]
    public void CombWobbles() => Run(_combMoves);

    /// <summary>Every setting of every step.</summary>
    [Benchmark(OperationsPerInvoke = SoundFrames)]
    public void EverythingWobbles() => Run(_allMoves);

    private static SettingValue Wobbling(Parameter parameter, SettingValue value) =>
        SettingValue.Of(new Wobble(value.Still, (value.Still + parameter.Minimum) / 2, 0.5));

    private static Chain Build(Func<Parameter, SettingValue, SettingValue> valueOf)
    {
        ChainPlan plan = Installed.Host.Presets.Find("neutral").Preset!.Plan;
        plan = plan with
        {
            Slots = [.. plan.Slots.Select(slot => slot with
            {
                Values = [.. slot.Parameters.Zip(
                    slot.Values, (parameter, value) => parameter.IsStructural ? value : valueOf(parameter, value))],
            })],
        };
        var chain = Chain.Prepare(
            plan, new ChainSetup(new AudioFormat(Sound.SampleRate, 1)));
        chain.WarmUp();
        return chain;
    }

    private void Run(Chain chain)
    {
        for (int at = 0; at < SoundFrames; at += BlockFrames)
        {
            _sound.AsSpan(at, BlockFrames).CopyTo(_buffer[0]);
            chain.Process(_buffer.Block(BlockFrames));
        }
    }
}
