using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>The outermost keys of a preset, its steps left out, with their values as people read them.</summary>
public static class PresetKeys
{
    /// <summary>Each key and its value, a default where nothing is written; an empty text where there is none.</summary>
    /// <param name="preset">The preset.</param>
    /// <example><c>match-loudness</c>, <c>-18 LUFS</c></example>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return
        [
            new("name", preset.Name),
            new("about", preset.About),
            new("tags", string.Join(", ", preset.Tags)),
            new("extends", preset.Parent?.Id ?? ""),
            new("use-when", string.Join("; or ", preset.Rules.Entries.Select(entry => entry.Said))),
            new("priority", preset.Rules.Priority.ToString(CultureInfo.InvariantCulture)),
            new("try-with", string.Join(" / ", preset.TryWith)),
            new("amount", ValueText.Format(ChainPlan.AmountParameter, preset.Plan.Amount)),
            new("match-loudness", preset.MatchLoudness is { } loudness ? PresetBuilder.MatchLoudness.Print(loudness) : "off"),
            new("quality", preset.Quality == RenderQuality.Draft ? "draft" : "full"),
        ];
    }
}
