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
internal sealed class LineChains(PresetLibrary presets, string defaultPreset, bool warmUp, ILogger log)
{
    private readonly Quarantine _quarantine = new();

    /// <summary>Chooses a line's preset and seed.</summary>
    public LineChain Choose(SpeechSelection selection)
    {
        var warnings = new List<string>();
        ChainPlan plan = selection.IsDry ? ChainPlan.Dry : PlanOf(selection.Preset ?? defaultPreset, warnings);
        ulong seed = selection.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return new LineChain(plan, seed, _quarantine, warmUp, warnings, log);
    }

    private ChainPlan PlanOf(string idOrPath, List<string> warnings)
    {
        if (TryPlan(idOrPath, warnings) is { } plan)
            return plan;
        if (idOrPath != defaultPreset && TryPlan(defaultPreset, warnings) is { } fallback)
        {
            warnings.Add($"\"{defaultPreset}\" was used instead.");
            return fallback;
        }

        warnings.Add("The line was left without effects.");
        return ChainPlan.Dry;
    }

    private ChainPlan? TryPlan(string idOrPath, List<string> warnings)
    {
        PresetReading reading = presets.Get(idOrPath);
        if (reading.Preset is null)
        {
            foreach (PresetDiagnostic diagnostic in reading.Diagnostics)
                warnings.Add(DiagnosticText.Format(diagnostic));
        }

        return reading.Preset?.Plan;
    }
}
