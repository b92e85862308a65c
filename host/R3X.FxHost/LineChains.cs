using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Speaking;

namespace R3X.FxHost;

/// <summary>
/// Turns selections into chains. Whatever is wrong with a selection or a preset, a line gets a chain: the one asked for,
/// else the default preset's, else an empty one.
/// </summary>
internal sealed class LineChains(PresetLibrary presets, HostSettings settings, ILogger log)
{
    private readonly SpeakerHistory _speakers = new();
    private readonly Quarantine _quarantine = new();

    /// <summary>Chooses a line's preset and seed.</summary>
    public LineChain Choose(SpeechSelection selection)
    {
        var warnings = new List<string>();
        ChainPlan plan = selection.IsDry ? ChainPlan.Dry : PlanOf(selection, warnings);
        ulong seed = selection.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var leveller = new Leveller(Targets(selection, plan), _speakers, selection.Speaker ?? "", selection.StartingGains);
        return new LineChain(plan, seed, leveller, _quarantine, warnings, log);
    }

    /// <summary>What would make a line fall back.</summary>
    public IReadOnlyList<PresetDiagnostic> Check(SpeechSelection selection)
    {
        if (selection.IsDry)
            return [];
        PresetReading reading = presets.Find(selection.Preset ?? settings.Default);
        return reading.Preset is null
            ? reading.Diagnostics
            : [.. reading.Diagnostics, .. PresetOverrides.Apply(reading.Preset.Plan, selection.Overrides).Diagnostics];
    }

    // A line without effects is played as it comes.
    private LoudnessTargets Targets(SpeechSelection selection, ChainPlan plan) => selection.KeepsLevel || plan == ChainPlan.Dry
        ? default
        : new LoudnessTargets(settings.ReferenceLoudness, plan.MatchLoudness);

    private ChainPlan PlanOf(SpeechSelection selection, List<string> warnings)
    {
        string wanted = selection.Preset ?? settings.Default;
        if (TryPlan(wanted, warnings) is { } plan)
        {
            OverrideReading changed = PresetOverrides.Apply(plan, selection.Overrides);
            Note(changed.Diagnostics, warnings);
            return changed.Plan;
        }

        if (wanted != settings.Default && TryPlan(settings.Default, warnings) is { } fallback)
        {
            warnings.Add($"\"{settings.Default}\" was used instead.");
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
