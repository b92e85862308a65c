using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>
/// A preset that was read, checked and built, its parents' part included. From its parent it takes steps,
/// <c>amount</c>, <c>match-loudness</c>, <c>quality</c>, <c>tags</c> and <c>try-with</c> unless it says otherwise;
/// name, description, <c>use-when</c> and priority are each preset's own. Immutable: any thread, any number of lines.
/// </summary>
/// <param name="Id">Its file's name without <c>.yaml</c>.</param>
/// <param name="File">The file as the reader was given it.</param>
/// <param name="Name">The name people read; the id where the file gives none.</param>
/// <param name="About">What it is for, or empty.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Steps">All steps in order, those switched off included.</param>
/// <param name="MatchLoudness">What the line is brought to in front of the last limiter, in LUFS; null leaves it
/// alone.</param>
/// <param name="TryWith">Lines of text that show it well.</param>
/// <param name="Plan">What chains are built from.</param>
/// <param name="Parent">The preset that it extends; null for one with a chain of its own.</param>
/// <param name="Origins">Where its outermost values were written, by key (<c>match-loudness</c>); a default is not in
/// it.</param>
public sealed record Preset(
    string Id,
    string File,
    string Name,
    string About,
    IReadOnlyList<string> Tags,
    IReadOnlyList<PresetStep> Steps,
    double? MatchLoudness,
    IReadOnlyList<string> TryWith,
    ChainPlan Plan,
    Preset? Parent,
    IReadOnlyDictionary<string, Origin> Origins)
{
    /// <summary>How much of the chain is heard, in percent; null where neither it nor a parent says so.</summary>
    public SettingValue? Amount { get; init; }

    /// <summary>When it is chosen for a line that names no preset.</summary>
    internal ChoiceRules Rules { get; init; } = new([], 0);

    /// <summary>The moods that its <c>use-when</c> names, each once.</summary>
    public IReadOnlyList<string> Moods =>
    [
        .. Rules.Entries.SelectMany(static entry => entry.Conditions).OfType<TraitCondition>()
            .Where(static condition => condition.Name == "mood").SelectMany(static condition => condition.Any)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>How much work a sample is worth.</summary>
    public RenderQuality Quality => Plan.Quality;
}
