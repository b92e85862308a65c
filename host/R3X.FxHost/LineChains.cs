using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;

namespace R3X.FxHost;

/// <summary>
/// Turns selections into chains. Whatever is wrong with a selection or a preset, a line gets a chain: the one asked for,
/// else the default preset's, else an empty one.
/// </summary>
internal sealed class LineChains(PresetLibrary presets, string defaultPreset, ILogger log)
{
    private readonly Quarantine _quarantine = new();

    /// <summary>Chooses a line's preset and seed.</summary>
    public LineChain Choose(SpeechSelection selection)
    {
        var warnings = new List<string>();
        ChainPlan plan = selection.IsDry ? ChainPlan.Dry : PlanOf(selection, warnings);
        ulong seed = selection.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return new LineChain(plan, seed, _quarantine, warnings, log);
    }

    /// <summary>What would make a line fall back.</summary>
    public IReadOnlyList<PresetDiagnostic> Check(SpeechSelection selection)
    {
        if (selection.IsDry)
            return [];
        PresetReading reading = presets.Find(selection.Preset ?? defaultPreset);
        return reading.Preset is null
            ? reading.Diagnostics
            : [.. reading.Diagnostics, .. PresetOverrides.Apply(reading.Preset.Plan, selection.Overrides).Diagnostics];
    }

    private ChainPlan PlanOf(SpeechSelection selection, List<string> warnings)
    {
        string wanted = selection.Preset ?? defaultPreset;
        if (TryPlan(wanted, warnings) is { } plan)
        {
            OverrideReading changed = PresetOverrides.Apply(plan, selection.Overrides);
            Note(changed.Diagnostics, warnings);
            return changed.Plan;
        }

        if (wanted != defaultPreset && TryPlan(defaultPreset, warnings) is { } fallback)
        {
            warnings.Add($"\"{defaultPreset}\" was used instead.");
            return fallback;
        }

        warnings.Add("The line was left without effects.");
        return ChainPlan.Dry;
    }

    private ChainPlan? TryPlan(string idOrPath, List<string> warnings)
    {
        PresetReading reading = presets.Find(idOrPath);
        if (reading.HasErrors)
            Note(reading.Diagnostics, warnings);
        return reading.Preset?.Plan;
    }

    private static void Note(IEnumerable<PresetDiagnostic> diagnostics, List<string> warnings)
    {
        foreach (PresetDiagnostic diagnostic in diagnostics)
            warnings.Add(DiagnosticText.Format(diagnostic));
    }
}
