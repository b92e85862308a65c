using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>Every effect that is found, with its defaults, a block of 1,024 mono frames at 44.1 kHz an
/// operation.</summary>
public class EffectBenchmarks
{
    private const int Frames = 1_024;
    private const int SoundBlocks = 64;

    private readonly float[] _sound = Sound.Make(SoundBlocks * Frames);
    private readonly AudioBuffer _buffer = new(1, Frames);
    private IEffect _effect = null!;
    private int _block;

    /// <summary>The effects' ids.</summary>
    public static IEnumerable<string> Effects => Installed.Effects.Effects.Select(effect => effect.Id);

    /// <summary>The effect.</summary>
    [ParamsSource(nameof(Effects))]
    public string Effect { get; set; } = "";

    /// <summary>Full or draft.</summary>
    [Params(RenderQuality.Full, RenderQuality.Draft)]
    public RenderQuality Quality { get; set; }

    /// <summary>Makes the effect.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        if (!Installed.Effects.TryLoad(Effect, out LoadedEffect? loaded, out RefusedPlugin? refused))
            throw new InvalidOperationException(refused?.Reason);
        _effect = loaded.Create();
        _effect.Prepare(new EffectSetup(
            new AudioFormat(Sound.SampleRate, 1),
            Frames,
            Quality,
            0,
            _effect.Parameters,
            [.. _effect.Parameters.Select(parameter => parameter.Default)])
        {
            Curve = CurveOf(_effect.Parameters),
        });
    }

    // As many points as it takes, for an effect that has a curve: its dearest.
    private static FrequencyCurve CurveOf(IReadOnlyList<Parameter> parameters) =>
        parameters.FirstOrDefault(parameter => parameter.Points is not null)?.Points is not { } points
            ? FrequencyCurve.Flat
            : new FrequencyCurve(Enumerable.Range(0, points.Most).Select(i => new CurvePoint(
                points.Lowest * Math.Pow(points.Highest / points.Lowest, i / (points.Most - 1.0)), 6 * Math.Sin(i))));

    /// <summary>One block, the next of the sound.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public void PerSample()
    {
        _sound.AsSpan(Frames * (_block++ % SoundBlocks), Frames).CopyTo(_buffer[0]);
        _effect.Process(_buffer.Block(Frames));
    }
}
