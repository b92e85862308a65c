namespace R3X.FxHost.Presets;

/// <summary>The key <c>match-loudness</c>: its range and its spelling, for programs that show it.</summary>
public static class PresetLoudness
{
    /// <summary>The key.</summary>
    public static string Key => PresetKeys.MatchLoudness.Name;

    /// <summary>The lowest target, in LUFS.</summary>
    public static double Lowest => PresetKeys.MatchLoudness.Minimum;

    /// <summary>The highest target, in LUFS.</summary>
    public static double Highest => PresetKeys.MatchLoudness.Maximum;

    /// <summary>The target of most presets, in LUFS.</summary>
    public static double Usual => PresetKeys.MatchLoudness.Default;

    /// <summary>A target as presets write it: <c>-18 LUFS</c>.</summary>
    /// <param name="lufs">The target.</param>
    public static string Format(double lufs) => PresetKeys.MatchLoudness.Print(lufs);

    /// <summary>What it does, a sentence.</summary>
    public static string Help { get; } =
        System.Linq.Enumerable.First(PresetKeys.All, key => key.Name == Key).About;
}
