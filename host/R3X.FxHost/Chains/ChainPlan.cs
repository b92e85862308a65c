using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>What a preset comes down to: the steps in order. Immutable; any number of lines may share one.</summary>
/// <param name="PresetId">The preset's id, for reports.</param>
/// <param name="Slots">The steps, in the order sound passes them.</param>
/// <param name="Quality">How much work a sample is worth.</param>
public sealed record ChainPlan(
    string PresetId, IReadOnlyList<SlotPlan> Slots, RenderQuality Quality = RenderQuality.Full)
{
    /// <summary>What the line is brought to at <see cref="MatchPoint"/>, in LUFS; null leaves it as loud as the steps
    /// make it.</summary>
    public double? MatchLoudness { get; init; }

    /// <summary>The setting that <see cref="Amount"/> is of.</summary>
    public static Parameter AmountParameter { get; } = new(
        "amount", ParameterUnit.Percent, 0, 100, 100,
        "How much of all effects together is heard: 0 % is the line as it came, 100 % the chain as it is written.");

    /// <summary>
    /// How much of the chain is heard, in percent: at 0 % the line leaves bit for bit as it came, as late as ever; at
    /// 100 % the steps are as they are written. In between each setting that has a <see cref="Parameter.Neutral"/>
    /// value is so much of the way from there; effects without one are mixed with their input.
    /// </summary>
    public SettingValue Amount { get; init; } = AmountParameter.Default;

    /// <summary>The step in front of which loudness is matched: the last limiter, so that its ceiling holds; behind all
    /// where there is none.</summary>
    public int MatchPoint
    {
        get
        {
            for (int i = Slots.Count - 1; i >= 0; i--)
            {
                if (Slots[i].Role == EffectRole.Limiter)
                    return i;
            }

            return Slots.Count;
        }
    }

    /// <summary>Whether both sound alike: steps with the same values and code. A preset's id tells nothing.</summary>
    internal bool SoundsLike(ChainPlan other) =>
        MatchLoudness == other.MatchLoudness && Amount == other.Amount && Quality == other.Quality
        && Slots.Count == other.Slots.Count && Slots.Zip(other.Slots).All(pair =>
            pair.First.Step == pair.Second.Step && pair.First.EffectId == pair.Second.EffectId
            && pair.First.Create == pair.Second.Create && pair.First.Values.SequenceEqual(pair.Second.Values));

    /// <summary>Whether a step at <see cref="MatchPoint"/> or behind it goes by the level with which the line reaches
    /// the first one.</summary>
    internal bool ListensBehindMatch => Slots.Skip(MatchPoint).Any(SlotModulation.Listens)
        || (Amount.Modulation is FollowLoudness && Slots.Count > MatchPoint + 1);

    /// <summary>The plan of a line without effects.</summary>
    public static ChainPlan Dry { get; } = new("dry", []);
}
