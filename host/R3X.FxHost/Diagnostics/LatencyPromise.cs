using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Diagnostics;

/// <summary>The promise that a line is never more than 20 ms later for having passed through here.</summary>
internal static class LatencyPromise
{
    /// <summary>What is promised.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A warning that names the effect that took most of the time; null when the promise was kept.</summary>
    /// <param name="addedLatency">The line's added latency.</param>
    /// <param name="effects">Its steps.</param>
    public static string? Check(TimeSpan addedLatency, IReadOnlyList<EffectReport> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (addedLatency <= Limit)
            return null;
        EffectReport? worst = effects.MaxBy(effect => effect.Latency);
        EffectReport? slowest = effects.MaxBy(effect => effect.ProcessingTime);
        string blame = worst is not null && worst.Latency > Limit / 2
            ? $"\"{worst.Step}\" ({worst.Effect}) takes {Ms(worst.Latency)} of it by design"
            : slowest is not null
                ? $"of the effects \"{slowest.Step}\" ({slowest.Effect}) took most time, {Ms(slowest.ProcessingTime)} "
                    + $"in all"
                : "no effect was involved: the machine was busy";
        return $"The line was up to {Ms(addedLatency)} late, more than the {Ms(Limit)} promised; {blame}.";
    }

    private static string Ms(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";
}
