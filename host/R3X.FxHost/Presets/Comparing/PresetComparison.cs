using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets.Comparing;

/// <summary>Compares presets by what they come down to, whoever wrote it. Any thread.</summary>
public static class PresetComparison
{
    /// <summary>Everything in which two presets differ: outermost keys, then step by step in the order of the
    /// first.</summary>
    /// <param name="first">A preset.</param>
    /// <param name="second">Another.</param>
    /// <param name="firstName">What sentences call the first; its id when left out.</param>
    /// <param name="secondName">What they call the second.</param>
    public static IReadOnlyList<PresetDifference> Between(
        Preset first, Preset second, string? firstName = null, string? secondName = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var comparison = new Comparison(first, second, firstName ?? first.Id, secondName ?? second.Id);
        return [.. comparison.Keys(), .. comparison.Steps()];
    }

    private const string NoPoint = "no point";

    private sealed class Comparison(Preset first, Preset second, string firstName, string secondName)
    {
        public IEnumerable<PresetDifference> Keys()
        {
            // Whom a preset extends is no difference by itself.
            foreach (
                PresetKey key in PresetKeys.All.Where(key => key.ValueIn is not null && key.Takes != KeyContent.Parent))
            {
                (string one, string other) = (key.ValueIn!(first), key.ValueIn(second));
                if (one != other)
                    yield return Differs(PresetDifferenceKind.Key, null, key.Name, Said(key, one), Said(key, other));
            }
        }

        public IEnumerable<PresetDifference> Steps()
        {
            string[] kept = [.. StepOrder.Kept(NamesIn(first), NamesIn(second))];
            foreach (PresetStep step in first.Steps)
            {
                if (Find(second, step.Name) is not { } other)
                {
                    yield return OnlyIn(firstName, first, step, isFirst: true);
                    continue;
                }

                foreach (PresetDifference difference in Within(step, other))
                    yield return difference;
                if (!kept.Contains(step.Name))
                    yield return Differs(PresetDifferenceKind.Place, step.Name, null, PlaceIn(first, second, step.Name),
                        PlaceIn(second, first, step.Name), verb: "stands");
            }

            foreach (PresetStep step in second.Steps.Where(step => Find(first, step.Name) is null))
                yield return OnlyIn(secondName, second, step, isFirst: false);
        }

        private IEnumerable<PresetDifference> Within(PresetStep one, PresetStep other)
        {
            if (one.Slot.EffectId != other.Slot.EffectId)
            {
                yield return Differs(
                    PresetDifferenceKind.Effect, one.Name, null, one.Slot.EffectId, other.Slot.EffectId);
                yield break;
            }

            if (one.IsBypassed != other.IsBypassed)
                yield return Differs(PresetDifferenceKind.Switch, one.Name, null, one.IsBypassed ? "bypassed" : "on",
                    other.IsBypassed ? "bypassed" : "on");
            List<StepSetting> settings = [.. one.Settings()], others = [.. other.Settings()];
            foreach (string name in settings.Concat(others).Select(setting => setting.Name).Distinct())
            {
                // A point of a curve may be in one of them alone.
                string value = settings.Find(setting => setting.Name == name)?.Value ?? NoPoint;
                string otherValue = others.Find(setting => setting.Name == name)?.Value ?? NoPoint;
                if (value == otherValue)
                    continue;
                PresetDifference difference = Differs(PresetDifferenceKind.Setting, one.Name, name, value, otherValue);
                yield return difference with { IsSilent = one.IsBypassed || other.IsBypassed };
            }
        }

        private PresetDifference Differs(
            PresetDifferenceKind kind, string? step, string? key, string one, string other, string verb = "is")
        {
            string subject = step is null ? key! : key is null ? step : $"{step}.{key}";
            return new PresetDifference(
                kind, step, key, one, other, $"{subject} {verb} {one} in {firstName}, {other} in {secondName}.");
        }

        private static PresetDifference OnlyIn(string name, Preset preset, PresetStep step, bool isFirst)
        {
            SlotPlan slot = step.Slot;
            string effect = slot.EffectId == step.Name ? "" : $" ({slot.EffectId})";
            string state = step.IsBypassed ? ", bypassed" : "";
            string settings = string.Join(", ", step.Settings().Select(setting => $"{setting.Name} {setting.Value}"));
            settings = settings.Length == 0 ? "" : ": " + settings;
            string text = $"{PlaceIn(preset, preset, step.Name)}{state}{settings}";
            return new PresetDifference(PresetDifferenceKind.Presence, step.Name, null, isFirst ? text : null,
                isFirst ? null : text, $"{step.Name}{effect} is only in {name}, {text}.");
        }

        // Behind which step, of those that both have; or as the first.
        private static string PlaceIn(Preset preset, Preset other, string name)
        {
            PresetStep? before = preset.Steps.TakeWhile(step => step.Name != name).LastOrDefault(
                step => Find(other, step.Name) is not null);
            return before is null ? "first" : $"behind {before.Name}";
        }

        private static PresetStep? Find(Preset preset, string name) =>
            preset.Steps.FirstOrDefault(step => step.Name == name);

        private static List<string> NamesIn(Preset preset) => [.. preset.Steps.Select(step => step.Name)];

        // Prose has commas of its own.
        private static string Said(PresetKey key, string value) =>
            value.Length == 0 ? "empty" : key.Takes is KeyContent.Value or KeyContent.Quality ? value : $"\"{value}\"";
    }
}

/// <summary>Which steps of two chains stand in the same order: as many as can, so that one step that moved is one
/// difference.</summary>
internal static class StepOrder
{
    /// <summary>The longest common subsequence of two lists of names.</summary>
    public static IEnumerable<string> Kept(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        int[][] longest = [.. Enumerable.Range(0, first.Count + 1).Select(_ => new int[second.Count + 1])];
        for (int i = first.Count - 1; i >= 0; i--)
        {
            for (int j = second.Count - 1; j >= 0; j--)
                longest[i][j] = first[i] == second[j]
                    ? longest[i + 1][j + 1] + 1 : Math.Max(longest[i + 1][j], longest[i][j + 1]);
        }

        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            if (first[i] == second[j])
            {
                yield return first[i++];
                j++;
            }
            else if (longest[i + 1][j] >= longest[i][j + 1])
                i++;
            else
                j++;
        }
    }
}
