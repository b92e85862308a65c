using System;
using R3X.FxHost.Sdk;

[assembly: Effect(
    "stutter", "Stutter", EffectRole.Modulation, LatencyIsMeasurable = false,
    Help = "Catches bits of words and repeats them, as a machine that sticks.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Now and then the last moment is repeated, like a skipping record, in place of what comes meanwhile.
/// The moments at which that can happen are counted from the line's first sample, and which of them it does is drawn
/// from the line's seed: the same line always stutters alike.
/// </summary>
public sealed class Stutter() : SegmentedEffect(Chance, Interval, Length, Repeats)
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

    private StutterMemory _memory = null!;

    protected override void Allocate(EffectSetup setup) => _memory = new StutterMemory(
        setup.Format,
        setup.Seed,
        setup.Format.Frames(setup[Interval]),
        setup.Format.Frames(setup[Length]),
        (int)Math.Round(setup[Repeats]));

    protected override EffectTiming Describe(EffectSetup setup) => new(0, this[Chance] > 0 ? _memory.TailFrames : 0);

    protected override void Clear() => _memory.Clear();

    protected override void ApplySettings(bool atOnce)
    {
        // The chance is read at the moments themselves: between them there is nothing that a ramp could change.
    }

    protected override void ProcessSegment(AudioBlock segment) => _memory.Process(segment, this[Chance] / 100);
}
