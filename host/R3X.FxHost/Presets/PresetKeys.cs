using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>The outermost keys of a preset: what reads, lists, compares, edits and describes them goes by this one
/// table.</summary>
public static class PresetKeys
{
    /// <summary>What match-loudness takes, besides <c>off</c>.</summary>
    internal static readonly ValueRange MatchLoudness = new("match-loudness", Quantity.Loudness, -40, -5, -18);

    /// <summary>All of them, in the order they are usually written in.</summary>
    internal static IReadOnlyList<PresetKey> All { get; } =
    [
        new("preset", KeyContent.Version, "The version of the language this file is written in."),
        new("name", KeyContent.Text, "What people call it.", preset => preset.Name) { CanBeSet = true },
        new("about", KeyContent.Text, "What it is for, in a sentence.", preset => preset.About) { CanBeSet = true },
        new("tags", KeyContent.Texts, "Words to find it by, such as [happy, bright].",
            preset => string.Join(", ", preset.Tags))
        {
            IsInherited = true,
        },
        new(
            "extends",
            KeyContent.Parent,
            "The preset this one is a variation of, by its id: the name of its file without .yaml.",
            preset => preset.Parent?.Id ?? ""),
        new(
            "use-when",
            KeyContent.Conditions,
            "When a line that names no preset gets this one: when all conditions of any one entry hold.",
            preset => string.Join("; or ", preset.Rules.Entries.Select(entry => entry.Said))),
        new(
            UseWhenReader.Priority.Name,
            KeyContent.Value,
            "Where two presets fit a line equally well, the higher one is taken.",
            preset => preset.Rules.Priority.ToString(CultureInfo.InvariantCulture))
        {
            Range = UseWhenReader.Priority,
            CanBeSet = true,
        },
        new("chain", KeyContent.Steps),
        new("change", KeyContent.Steps),
        new("add", KeyContent.Steps),
        new("try-with", KeyContent.Texts, "Lines to try it with.", preset => string.Join(" / ", preset.TryWith))
        {
            IsInherited = true,
        },
        new(
            ChainPlan.AmountParameter.Id,
            KeyContent.Value,
            ValueIn: preset => ValueText.Format(ChainPlan.AmountParameter, preset.Plan.Amount))
        {
            Parameter = ChainPlan.AmountParameter,
            IsInherited = true,
            CanBeSet = true,
            IsHeard = true,
        },
        new(
            MatchLoudness.Name,
            KeyContent.Value,
            "How loud lines are with this preset, whatever its effects do.",
            preset => preset.MatchLoudness is { } loudness ? MatchLoudness.Print(loudness) : "off")
        {
            Range = MatchLoudness,
            IsInherited = true,
            CanBeSet = true,
            IsHeard = true,
        },
        new(
            "quality",
            KeyContent.Quality,
            "full, or draft for small computers: quicker, with less exact drives and limiting.",
            preset => preset.Quality == RenderQuality.Draft ? "draft" : "full")
        {
            IsInherited = true,
            CanBeSet = true,
            IsHeard = true,
        },
    ];

    /// <summary>Their names.</summary>
    internal static string[] Names { get; } = [.. All.Select(key => key.Name)];

    /// <summary>The names of those that can be set, as one value each.</summary>
    public static IReadOnlyList<string> Settable { get; } = [.. All.Where(key => key.CanBeSet).Select(key => key.Name)];

    /// <summary>Each key and its value, a default where nothing is written; an empty text where there is
    /// none.</summary>
    /// <param name="preset">The preset.</param>
    /// <example><c>match-loudness</c>, <c>-18 LUFS</c></example>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return
        [
            .. All.Where(key => key.ValueIn is not null)
                .Select(key => KeyValuePair.Create(key.Name, key.ValueIn!(preset))),
        ];
    }

    /// <summary>Whether presets that differ in a key sound different for it.</summary>
    /// <param name="name">The key.</param>
    public static bool IsHeard(string name) => All.Any(key => key.Name == name && key.IsHeard);

    /// <summary>The names of those that take something.</summary>
    internal static string[] Taking(KeyContent content) =>
        [.. All.Where(key => key.Takes == content).Select(key => key.Name)];
}
