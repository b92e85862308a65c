using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("stutter", "Stutter", EffectRole.Modulation, LatencyIsMeasurable = false)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Now and then the last moment is caught and repeated, like a skipping record, while the line runs on unheard underneath.
/// The moments at which that can happen are counted from the line's first sample, and which of them it does is drawn from
/// the line's seed: the same line always stutters alike.
/// </summary>
public sealed class Stutter : IEffect
{
    private static readonly Parameter Chance = new(
        "chance", ParameterUnit.Percent, 0, 100, 40,
        "How often it happens: at 0 % never, at 100 % at the end of every interval.")
    {
        Neutral = 0,
    };

    private static readonly Parameter Interval = new(
        "interval", ParameterUnit.Milliseconds, 50, 2000, 200,
        "How far apart the moments are at which it can happen: 200 ms is about once a syllable.",
        structural: true);

    private static readonly Parameter Length = new(
        "length", ParameterUnit.Milliseconds, 10, 200, 45,
        "How much is repeated each time: 10 ms buzzes, 45 ms rattles, 200 ms repeats a whole syllable.",
        structural: true);

    private static readonly Parameter Repeats = new(
        "repeats", ParameterUnit.None, 1, 8, 2,
        "How many times it is repeated before the line is let through again; what was said meanwhile is lost.",
        structural: true);

    private EffectSetup? _setup;
    private SkippingRecord? _record;
    private double _chance;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Chance, Interval, Length, Repeats];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _record = new SkippingRecord(
            setup.Format,
            setup.Seed,
            setup.Format.Frames(setup[Interval]),
            setup.Format.Frames(setup[Length]),
            (int)Math.Round(setup[Repeats]));
        Reset();
        return new EffectTiming(0, _chance > 0 ? _record.TailFrames : 0);
    }

    /// <inheritdoc/>
    // A moment asks for the chance when it comes; between moments there is nothing that a ramp could change.
    public void SetParameter(Parameter parameter, double value) => _chance = value / 100;

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_record is null)
            return;
        for (int channel = 0; channel < block.Channels; channel++)
            FiniteSamples.Clean(block[channel]);
        _record.Process(block, _chance);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _chance = _setup[Chance] / 100;
        _record?.Clear();
    }
}
