using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>The choice of one line's preset. One thread.</summary>
/// <param name="list">What the presets say of their use; asked once, when it comes to that.</param>
/// <param name="read">Reads a preset whole; asked of the first, and of the next only where that cannot be used.</param>
internal sealed class ChoiceRun(MatchedLine line, Func<IEnumerable<Contender>> list, Func<string, PresetReading> read)
{
    private readonly List<PresetDiagnostic> _passedOver = [];
    private readonly Dictionary<string, PresetDiagnostic> _unusable = [];
    private List<Contender>? _all;

    private List<Contender> All =>
        _all ??= [.. list().Select(preset => preset with { Best = preset.Rules?.Best(line, preset.Id) })];

    /// <summary>What is wrong with presets that would have come first.</summary>
    public IReadOnlyList<PresetDiagnostic> PassedOver => _passedOver;

    /// <summary>What the line is said to be and no preset is for, each a whole sentence.</summary>
    public IReadOnlyList<string> Unheard() => UnheardTrait.In(line, All);

    /// <summary>The first usable preset that matches; null when there is none.</summary>
    public PresetChoice? Choose()
    {
        List<Contender> matching = All.FindAll(preset => preset.Best is not null);
        HashSet<string> reread = [];
        while (matching.Count > 0)
        {
            Contender first = matching.Min()!;
            matching.Remove(first);
            PresetReading reading = read(first.File);
            if (reading.Preset is not { } preset)
            {
                _passedOver.AddRange(reading.Diagnostics);
                _unusable[first.Id] = reading.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
            }
            else if (ReferenceEquals(preset.Rules, first.Rules) || reread.Contains(first.Id))
            {
                string reason = $"The use-when of \"{first.Id}\" matched: {first.Best!.Said}.";
                return new PresetChoice(preset, reason, reading.Diagnostics, [.. _passedOver]);
            }
            else
            {
                // Saved since the folder was listed, or broken, so that the last good version speaks for itself.
                Contender again = first with { Rules = preset.Rules, Best = preset.Rules.Best(line, first.Id) };
                All[All.IndexOf(first)] = again;
                reread.Add(first.Id);
                if (again.Best is not null)
                    matching.Add(again);
            }
        }

        return null;
    }

    /// <summary>How every preset fared, once it is decided.</summary>
    /// <param name="asked">The preset that was asked for by name, or null.</param>
    public IReadOnlyList<PresetCandidate> Explain(PresetChoice choice, string? asked, string defaultId)
    {
        Contender? winner = All.Find(contender => contender.File == choice.Preset?.File);
        return [.. All.Order().OrderBy(contender => contender != winner).Select(contender => new PresetCandidate(
            contender.Id,
            contender.Best?.Conditions.Count,
            contender.Rules?.Priority ?? 0,
            contender == winner,
            contender == winner
                ? WhyChosen(contender, asked, choice)
                : WhyNot(contender, winner, asked, defaultId, choice)))];
    }

    private static string WhyChosen(Contender winner, string? asked, PresetChoice choice) =>
        choice.IsFallback ? "the default, in place of what was asked for"
        : asked is not null ? "asked for by name"
        : winner.Best is { } best ? $"chosen: {best.Said}"
        : "the default, as nothing else matched";

    private string WhyNot(Contender contender, Contender? winner, string? asked, string defaultId, PresetChoice choice)
    {
        if (_unusable.TryGetValue(contender.Id, out PresetDiagnostic? mistake))
            return $"matched ({contender.Best?.Said}), but cannot be used: {LibraryDiagnostics.InOneLine(mistake)}";
        if (contender.Rules is not { } rules)
            return "has mistakes; see r3x presets check";
        if (contender.Id == defaultId && choice.Instead is not null)
            return "the default, but cannot be used";
        if (contender.Best is not { } best)
            return contender.Id == defaultId && rules.Entries.Count == 0
                ? "the default, which is for lines that nothing matches" : rules.WhyNot(line, contender.Id);
        if (asked is not null || winner?.Best is null)
            return $"matched ({best.Said}), but another was asked for by name";
        return contender.Score < winner.Score ? $"matched ({best.Said}), but \"{winner.Id}\" with more conditions"
            : rules.Priority < winner.Rules!.Priority
                ? $"matched ({best.Said}), as \"{winner.Id}\" did, whose priority is higher"
            : $"matched ({best.Said}), as \"{winner.Id}\" did, whose name comes first";
    }
}

/// <summary>A preset in the choice for one line.</summary>
/// <param name="Rules">What it competes with; null when that never could be read.</param>
/// <param name="Best">The entry that matched; null when none did.</param>
internal sealed record Contender(string Id, string File, ChoiceRules? Rules, UseWhenEntry? Best = null)
    : IComparable<Contender>
{
    public int Score => Best?.Conditions.Count ?? -1;

    /// <summary>Below 0 when it comes in front of another: more conditions, then the higher priority, then the
    /// id.</summary>
    public int CompareTo(Contender? other)
    {
        if (other is null)
            return -1;
        int order = other.Score.CompareTo(Score);
        if (order == 0)
            order = (other.Rules?.Priority ?? 0).CompareTo(Rules?.Priority ?? 0);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
