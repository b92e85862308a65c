using R3X.FxHost.Plugins;

namespace R3X.FxHost.Benchmarks;

/// <summary>What this checkout has built, found as a host finds it; loaded as the command loads it.</summary>
internal static class Installed
{
    public static FxHost Host { get; } = FxHost.Create(new FxHostOptions { LongRunning = false });

    public static IEffectCatalogue Effects => Host.Effects;
}
