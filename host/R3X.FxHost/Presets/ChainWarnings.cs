using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>What no line is told of: a chain without a limiter, and one that does not keep the promise of 20
/// ms.</summary>
internal static class ChainWarnings
{
    // The rate that ElevenLabs sends unless asked for another.
    private const int SampleRate = 44_100;

    /// <summary>Warns of both. Every effect is prepared for it.</summary>
    public static void Check(Preset preset, DiagnosticBag diagnostics)
    {
        WarnOfNoLimiter(preset, diagnostics);
        WarnOfLatency(preset, diagnostics);
    }

    // In the preset that took it out or never had one.
    private static void WarnOfNoLimiter(Preset preset, DiagnosticBag diagnostics)
    {
        if (preset.Steps.Count == 0 || HasLimiter(preset) || (preset.Parent is { } parent && !HasLimiter(parent)))
            return;
        PresetStep? off = preset.Steps.LastOrDefault(step => step.Slot.Role == EffectRole.Limiter);
        diagnostics.Warning(Span(off?.SwitchOrigin ?? preset.Steps[^1].Origin), new Diagnostic(
            "The chain has no limiter, so peaks above full scale are cut off, which is heard as a crackle.",
            off is null ? "Write \"- limiter\" as its last step." : $"Take \"bypass\" away from \"{off.Name}\".",
            DiagnosticRule.NoLimiter));
    }

    private static void WarnOfLatency(Preset preset, DiagnosticBag diagnostics)
    {
        Chain chain = Chain.Prepare(preset.Plan, new ChainSetup(new AudioFormat(SampleRate, 1)) { IsWatched = true });
        chain.Close();
        if (Milliseconds(chain.LatencyFrames) <= LatencyPromise.Limit.TotalMilliseconds
            || chain.Slots.MaxBy(slot => slot.LatencyFrames) is not { } slowest)
        {
            return;
        }

        PresetStep step = preset.Steps.First(step => step.Name == slowest.Step);
        bool isOwn = step.Origin.PresetId == preset.Id;
        string what = slowest.Step == slowest.EffectId
            ? $"\"{slowest.Step}\"" : $"\"{slowest.Step}\" ({slowest.EffectId})";
        string off = isOwn ? $"Remove \"{slowest.Step}\"" : $"Write \"{slowest.Step}: bypass\" under \"change:\"";
        diagnostics.Warning(
            Span(isOwn ? step.Origin : preset.Origins.GetValueOrDefault("extends", Origin.Default)), new Diagnostic(
            $"The chain delays the voice by {Said(Milliseconds(chain.LatencyFrames))}, more than the "
            + $"{Said(LatencyPromise.Limit.TotalMilliseconds)} promised; {what} takes "
            + $"{Said(Milliseconds(slowest.LatencyFrames))} of it.",
            $"{off}, unless lines may be heard later.",
            DiagnosticRule.Latency));
    }

    private static bool HasLimiter(Preset preset) => preset.Plan.Slots.Any(slot => slot.Role == EffectRole.Limiter);

    private static SourceSpan Span(Origin at) => new(int.Max(1, at.Line), int.Max(1, at.Column), int.Max(1, at.Length));

    private static double Milliseconds(int frames) => 1000.0 * frames / SampleRate;

    private static string Said(double milliseconds) =>
        milliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms";
}
