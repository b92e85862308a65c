using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost;

/// <summary>What changed between two choices for a line, in a few words each.</summary>
internal static class PresetChanges
{
    /// <summary>Whether both sound alike.</summary>
    public static bool IsNone(LineChain before, LineChain now) =>
        before.Targets == now.Targets
        && before.Plan.Amount == now.Plan.Amount
        && before.Plan.Quality == now.Plan.Quality
        && before.Plan.Slots.Count == now.Plan.Slots.Count
        && before.Plan.Slots.Zip(now.Plan.Slots).All(pair =>
            pair.First.Step == pair.Second.Step && pair.First.EffectId == pair.Second.EffectId
                && HaveSameCode(pair.First, pair.Second) && pair.First.Values.SequenceEqual(pair.Second.Values));

    /// <summary>The changes that are heard, at least one.</summary>
    public static IReadOnlyList<string> Between(LineChain before, LineChain now)
    {
        var changes = new List<string>();
        if (before.Plan.PresetId != now.Plan.PresetId)
            changes.Add($"{before.Plan.PresetId} -> {now.Plan.PresetId}");
        else if (before.Preset is { } first && now.Preset is { } second)
            changes.AddRange(PresetComparison.Between(first, second).Select(InShort).OfType<string>());
        // That of host.yaml; a preset's own is among its differences.
        if (before.Plan.Amount != now.Plan.Amount && before.Preset?.Amount == now.Preset?.Amount)
            changes.Add($"amount {Amount(before)} -> {Amount(now)}");
        changes.AddRange(EffectsBetween(before, now));
        if (before.Targets.Reference != now.Targets.Reference)
            changes.Add($"reference-loudness {Loudness(before.Targets)} -> {Loudness(now.Targets)}");
        return changes.Count > 0 ? changes : ["the sound has changed"];
    }

    private static IEnumerable<string> EffectsBetween(LineChain before, LineChain now) =>
        (from slot in now.Plan.Slots
         from old in before.Plan.Slots
         where old.EffectId == slot.EffectId && !HaveSameCode(old, slot)
         select new EffectChange(slot.EffectId, old.EffectVersion, slot.EffectVersion, null).ToString()).Distinct();

    // An effect that failed has none.
    private static bool HaveSameCode(SlotPlan one, SlotPlan other) =>
        ReferenceEquals(one.Create.Target as IEffectCode, other.Create.Target as IEffectCode);

    private static string? InShort(PresetDifference difference) => difference switch
    {
        { IsSilent: true } => null,
        { Kind: PresetDifferenceKind.Key, Key: { } key } when !PresetKeys.IsHeard(key) => null,
        { Kind: PresetDifferenceKind.Presence } =>
            $"{difference.Step} {(difference.First is null ? "added" : "removed")}",
        { Kind: PresetDifferenceKind.Switch or PresetDifferenceKind.Place } => $"{difference.Step} {difference.Second}",
        _ => $"{string.Join('.', new[] { difference.Step, difference.Key }.OfType<string>())} {difference.First} -> "
            + $"{difference.Second}",
    };

    private static string Amount(LineChain line) => ValueText.Format(ChainPlan.AmountParameter, line.Plan.Amount);

    private static string Loudness(LoudnessTargets targets) =>
        targets.Reference is { } lufs ? lufs.ToString(CultureInfo.InvariantCulture) + " LUFS" : "off";
}
