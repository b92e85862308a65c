using System;
using NAudio.Effects;
using R3X.FxHost.Sdk;

[assembly: Effect("phaser", "Phaser (NAudio)", EffectRole.Modulation, LatencyIsMeasurable = false)]

namespace R3X.FxHost.Packs;

/// <summary>NAudio's phaser: all-passes that sweep, with feedback; notches move through the voice.</summary>
public sealed class Phaser() : NAudioEffect<PhaserEffect>(Mix, Rate, Stages, Lowest, Highest, Feedback)
{
    private const double HighestOfRate = 0.45;

    private static readonly Parameter Mix = MixSetting(
        50, "How much of the phased sound is heard: 50 % makes the deepest notches, 0 % changes nothing.");

    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.05, 5, 0.5, "How many times a second the notches sweep up and down.");

    private static readonly Parameter Stages = new(
        "stages", ParameterUnit.None, 2, 12, 4,
        "How many filters stand one behind the other: every two make one more notch.", structural: true);

    private static readonly Parameter Lowest = new(
        "lowest", ParameterUnit.Hertz, 100, 2000, 300, "Where the sweep turns at its lower end.", structural: true);

    private static readonly Parameter Highest = new(
        "highest", ParameterUnit.Hertz, 200, 8000, 1500, "Where the sweep turns at its upper end.", structural: true);

    private static readonly Parameter Feedback = new(
        "feedback", ParameterUnit.Percent, -90, 90, 30,
        "How sharp the notches are: the further from 0 %, the more the sound whistles.", structural: true);

    protected override void Configure(PhaserEffect effect, EffectSetup setup)
    {
        effect.Stages = (int)Math.Round(setup[Stages]);
        (effect.MinFrequency, effect.MaxFrequency) = SweepOf(setup);
        effect.Feedback = (float)(setup[Feedback] / 100);
    }

    protected override void Move(PhaserEffect effect, float value) => effect.RateHz = value;

    // A turn of the loop takes 1 / (pi f) seconds a stage at most, where f is how near the sweep comes to 0 Hz or half
    // the sample rate, and loses what is not fed back; then the stages ring.
    protected override double TailFrames(EffectSetup setup)
    {
        (float lowest, float highest) = SweepOf(setup);
        double nearest = Math.Min(lowest, (setup.Format.SampleRate / 2.0) - highest);
        double stages = Math.Round(setup[Stages]);
        double feedback = Math.Max(0.01, Math.Abs(setup[Feedback]) / 100);
        double turn = stages / (Math.PI * nearest);
        double turns = Math.Log(1e-4 * (1 - feedback)) / Math.Log(feedback);
        double ringing = (Math.Log(1e4) + (2 * stages)) / (2 * Math.PI * nearest);
        return ((turn * turns) + ringing) * setup.Format.SampleRate;
    }

    // NAudio goes up to 1 Hz below half the sample rate, where an all-pass rings for seconds.
    private static (float Lowest, float Highest) SweepOf(EffectSetup setup)
    {
        double most = HighestOfRate * setup.Format.SampleRate;
        double lowest = Math.Min(setup[Lowest], setup[Highest]);
        double highest = Math.Max(setup[Lowest], setup[Highest]);
        return ((float)Math.Min(lowest, most), (float)Math.Min(highest, most));
    }
}
