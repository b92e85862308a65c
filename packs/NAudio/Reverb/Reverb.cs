using System;
using NAudio.Effects;
using R3X.FxHost.Sdk;

[assembly: Effect("reverb", "Reverb (NAudio)", EffectRole.Space)]

namespace R3X.FxHost.Packs;

/// <summary>NAudio's reverb: eight damped combs and four all-passes, after Freeverb.</summary>
public sealed class Reverb() : NAudioEffect<ReverbEffect>(Mix, moving: null, RoomSize, Damping)
{
    // The longest comb, and the all-passes one behind the other, in frames at 44.1 kHz.
    private const double LongestComb = 1617;
    private const double AllPasses = 556 + 441 + 341 + 225;

    private static readonly Parameter Mix = MixSetting(
        25, "How much of the room is heard beside the voice: 0 % is the voice alone, 100 % the room alone.");

    private static readonly Parameter RoomSize = new(
        "room-size", ParameterUnit.Percent, 0, 100, 50,
        "How large the room is: the larger, the longer the sound rings on, up to fifteen seconds.", structural: true);

    private static readonly Parameter Damping = new(
        "damping", ParameterUnit.Percent, 0, 100, 50,
        "How much the walls swallow the highs: the more, the darker the sound that rings on.", structural: true);

    protected override void Configure(ReverbEffect effect, EffectSetup setup)
    {
        effect.RoomSize = (float)(setup[RoomSize] / 100);
        effect.Damping = (float)(setup[Damping] / 100);
    }

    // A comb loses its feedback with every turn, an all-pass half; lows are not damped.
    protected override double TailFrames(EffectSetup setup)
    {
        double feedback = 0.7 + (0.28 * setup[RoomSize] / 100);
        double turns = Math.Log(1e-4) / Math.Log(feedback);
        double halvings = Math.Log(1e-4) / Math.Log(0.5);
        return ((LongestComb * turns) + (AllPasses * halvings)) * setup.Format.SampleRate / 44_100;
    }
}
