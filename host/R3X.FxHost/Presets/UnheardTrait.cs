using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// A mood or a cue that no preset's <c>use-when</c> names: a slip of the pen, most likely, which would otherwise go
/// unnoticed, as such a line is spoken with the default. A speaker is anybody's name and not judged.
/// </summary>
internal static class UnheardTrait
{
    // What lights say of a line without a mood.
    private const string NoMood = "neutral";

    /// <summary>Each of them in a sentence, with what there is; mostly there is none.</summary>
    public static IReadOnlyList<string> In(MatchedLine line, IReadOnlyList<Contender> presets)
    {
        List<string> said = [];
        foreach ((string trait, string? word) in (ReadOnlySpan<(string, string?)>)[("mood", line.Traits.Mood),
            ("cue", line.Traits.Cue)])
        {
            bool isAny = !string.IsNullOrWhiteSpace(word)
                && !(trait == "mood" && word.AsSpan().Trim().Equals(NoMood, StringComparison.OrdinalIgnoreCase));
            if (isAny && !presets.Any(preset => Names(preset, trait, line))
                && Said(trait, word!, presets) is { } sentence)
                said.Add(sentence);
        }

        return said;
    }

    private static bool Names(Contender preset, string trait, MatchedLine line)
    {
        foreach (UseWhenEntry entry in preset.Rules?.Entries ?? [])
        {
            foreach (Condition condition in entry.Conditions)
            {
                if (condition is TraitCondition named && named.Name == trait && named.Holds(line))
                    return true;
            }
        }

        return false;
    }

    // Where no preset asks for the trait at all, it is there for somebody else: a droid's lights.
    private static string? Said(string trait, string word, IReadOnlyList<Contender> presets)
    {
        string plain = word.Trim();
        string[] known =
        [
            .. presets.SelectMany(preset => preset.Rules?.Entries ?? [])
                .SelectMany(entry => entry.Conditions).OfType<TraitCondition>()
                .Where(condition => condition.Name == trait).SelectMany(condition => condition.Any)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase),
        ];
        if (known.Length == 0 && presets.All(preset => preset.Rules is not null))
            return null;
        bool isPreset = presets.Any(preset => preset.Id == plain);
        string nearest = NearestName.Find(plain, known) is { } near ? $" Did you mean \"{near}\"?"
            : isPreset ? $" A preset is called \"{plain}\": choose it by its name."
            : "";
        string[] broken = [.. presets.Where(preset => preset.Rules is null).Select(preset => preset.Id)];
        string unread = broken.Length == 0 ? ""
            : $" What these are for cannot be read, as they have mistakes: {string.Join(", ", broken)}.";
        string all = known.Length == 0 ? "" : $" There are: {string.Join(", ", known)}.";
        return $"No preset is for the {trait} {Diagnostic.Quote(plain)}.{nearest}{all}{unread}";
    }
}
