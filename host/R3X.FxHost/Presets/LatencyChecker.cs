using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Sees whether a preset's chain keeps the promise of 20 ms. It prepares every effect, so it is not done for a line.</summary>
internal static class LatencyChecker
{
    // The rate that ElevenLabs sends unless asked for another.
    private const int SampleRate = 44_100;

    /// <summary>Complains when the chain is late.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="diagnostics">Where diagnostics go: a collector for the preset's own file.</param>
    public static void Check(Preset preset, DiagnosticBag diagnostics)
    {
        Chain chain = Chain.Prepare(preset.Plan, new ChainSetup(new AudioFormat(SampleRate, 1)) { IsWatched = true });
        TimeSpan latency = Time(chain.LatencyFrames);
        if (latency <= LatencyPromise.Limit || chain.Slots.MaxBy(slot => slot.LatencyFrames) is not { } slowest)
            return;
        PresetStep step = preset.Steps.First(step => step.Name == slowest.Step);
        bool isOwn = step.Origin.PresetId == preset.Id;
        Origin at = isOwn ? step.Origin : preset.Origins.GetValueOrDefault("extends", Origin.Default);
        string what = slowest.Step == slowest.EffectId ? $"\"{slowest.Step}\"" : $"\"{slowest.Step}\" ({slowest.EffectId})";
        diagnostics.Warning(
            new SourceSpan(int.Max(1, at.Line), int.Max(1, at.Column), at.Length),
            new Diagnostic(
                $"The chain delays the voice by {Ms(latency)}, more than the {Ms(LatencyPromise.Limit)} promised; {what} takes {Ms(Time(slowest.LatencyFrames))} of it.",
                isOwn ? $"Remove \"{slowest.Step}\", unless lines may be heard later." : $"Write \"{slowest.Step}: bypass\" under \"change:\", unless lines may be heard later.",
                DiagnosticRule.Latency));
    }

    private static TimeSpan Time(int frames) => TimeSpan.FromSeconds((double)frames / SampleRate);

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms";
}
