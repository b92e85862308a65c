using System;
using NAudio.Effects;
using R3X.FxHost.Sdk;

[assembly: Effect("chorus", "Chorus (NAudio)", EffectRole.Modulation)]

namespace R3X.FxHost.Packs;

/// <summary>NAudio's chorus: a second voice, a little late and never quite in tune.</summary>
public sealed class Chorus() : NAudioEffect<ChorusEffect>(Mix, Rate, Delay, Depth, Feedback)
{
    private static readonly Parameter Mix = MixSetting(
        40, "How loud the second voice is beside the first: 0 % is the first alone, 100 % the second alone.");

    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.05, 10, 0.8,
        "How many times a second the second voice goes out of tune and back.");

    private static readonly Parameter Delay = new(
        "delay", ParameterUnit.Milliseconds, 1, 50, 15,
        "How late the second voice is: above 30 ms it is heard as one that follows.", structural: true);

    private static readonly Parameter Depth = new(
        "depth", ParameterUnit.Milliseconds, 0, 30, 8,
        "How far its lateness swings: the further, the more out of tune it goes.", structural: true);

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, 0, 90, 0,
        "How much of the second voice comes round again: turned up, it rings like a pipe.", structural: true);

    protected override void Configure(ChorusEffect effect, EffectSetup setup)
    {
        effect.BaseDelayMs = (float)setup[Delay];
        effect.DepthMs = (float)setup[Depth];
        effect.Feedback = (float)(setup[Feedback] / 100);
    }

    protected override void Move(ChorusEffect effect, float value) => effect.RateHz = value;

    protected override double TailFrames(EffectSetup setup)
    {
        double feedback = Math.Max(1e-4, setup[Feedback] / 100);
        double turns = 1 + Math.Ceiling(Math.Log(1e-4 * (1 - feedback)) / Math.Log(feedback));
        return turns * (setup.Format.Frames(setup[Delay] + setup[Depth]) + 2);
    }
}
