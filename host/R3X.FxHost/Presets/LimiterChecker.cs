using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Sees whether a preset's chain has a limiter. One without is spoken all the same: no line says it.</summary>
internal static class LimiterChecker
{
    /// <summary>Complains when there is none, in the preset that took it out or never had one.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="diagnostics">Where diagnostics go: a collector for the preset's own file.</param>
    public static void Check(Preset preset, DiagnosticBag diagnostics)
    {
        if (preset.Steps.Count == 0 || HasLimiter(preset) || (preset.Parent is { } parent && !HasLimiter(parent)))
            return;
        PresetStep? off = preset.Steps.LastOrDefault(step => step.Slot.Role == EffectRole.Limiter);
        Origin at = off?.SwitchOrigin ?? preset.Steps[^1].Origin;
        diagnostics.Warning(
            new SourceSpan(int.Max(1, at.Line), int.Max(1, at.Column), int.Max(1, at.Length)),
            new Diagnostic(
                "The chain has no limiter, so peaks above full scale are cut off, which is heard as a crackle.",
                off is null ? "Write \"- limiter\" as its last step." : $"Take \"bypass\" away from \"{off.Name}\".",
                DiagnosticRule.NoLimiter));
    }

    private static bool HasLimiter(Preset preset) => preset.Plan.Slots.Any(slot => slot.Role == EffectRole.Limiter);
}
