using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>What <c>presets/host.yaml</c> says. Immutable.</summary>
/// <param name="Default">The preset for lines that nothing else chose, by id.</param>
/// <param name="ReferenceLoudness">What lines are brought to in front of the chain, in LUFS; null leaves them
/// alone.</param>
/// <param name="Volume">How loud it is played, in dB, at most 0.</param>
/// <param name="Device">The loudspeaker's name, or <c>default</c>.</param>
/// <param name="PluginFolders">Where effects are searched for, as absolute paths.</param>
public sealed record HostSettings(
    string Default,
    double? ReferenceLoudness,
    double Volume,
    string Device,
    IReadOnlyList<string> PluginFolders)
{
    /// <summary>
    /// How much of a preset's chain is heard, in percent, where neither the line nor its preset says so; null is all
    /// of it.
    /// </summary>
    public SettingValue? Amount { get; init; }

    /// <summary>
    /// How much silence goes in front of a line when the loudspeaker has rested, in milliseconds, 0 to 2,000: Bluetooth
    /// and HDMI swallow the beginning of what wakes them.
    /// </summary>
    public double LeadIn { get; init; }

    /// <summary>How music gets out of a voice's way.</summary>
    public DuckingSettings Ducking { get; init; } = DuckingSettings.Default;

    /// <summary>Where lines are kept that need not be bought again, as an absolute path; null keeps none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Which effects run in processes of their own.</summary>
    public IsolationSettings Isolation { get; init; } = IsolationSettings.Default;

    /// <summary>Those of <see cref="PluginFolders"/> that others than the host's user may write.</summary>
    public IReadOnlyList<string> WritablePluginFolders { get; init; } = [];

    /// <summary>How the server listens and whom it asks.</summary>
    public ServeSettings Serve { get; init; } = ServeSettings.Default;
}

/// <summary>What came of reading host.yaml.</summary>
/// <param name="Settings">The settings; where the file is wrong or silent, the defaults.</param>
/// <param name="Diagnostics">Everything that is wrong with the file.</param>
public sealed record HostSettingsReading(HostSettings Settings, IReadOnlyList<PresetDiagnostic> Diagnostics);

/// <summary>How music gets out of a voice's way, as <c>host.yaml</c> says under <c>ducking</c>.</summary>
/// <param name="Target">How far it is turned down, in dB, -60 to 0.</param>
/// <param name="Fade">How long that takes, and the way back, in milliseconds, 0 to 10,000.</param>
/// <param name="Hold">How long it stays down behind the last sound, in milliseconds, 0 to 60,000.</param>
/// <param name="Lead">How long before the first sound it begins, in milliseconds, 0 to 10,000; the voice waits for
/// it.</param>
public sealed record DuckingSettings(double Target, double Fade, double Hold, double Lead)
{
    private static readonly ValueRange TargetRange = new("target", Quantity.Level, -60, 0, -12);
    private static readonly ValueRange FadeRange = new("fade", Quantity.Time, 0, 10_000, 500);
    private static readonly ValueRange HoldRange = new("hold", Quantity.Time, 0, 60_000, 600);
    private static readonly ValueRange LeadRange = new("lead", Quantity.Time, 0, 10_000, 0);

    private static readonly string[] Keys = [TargetRange.Name, FadeRange.Name, HoldRange.Name, LeadRange.Name];

    /// <summary>What holds where nothing is said.</summary>
    public static DuckingSettings Default { get; } = new(
        TargetRange.Default, FadeRange.Default, HoldRange.Default, LeadRange.Default);

    /// <summary>Reads what stands under <c>ducking</c>; what is missing or wrong keeps its default.</summary>
    internal static DuckingSettings Read(TopLevel? group)
    {
        group?.RefuseUnknown(Keys, "Ducking");
        return new(
            group?.Value(TargetRange) ?? Default.Target, group?.Value(FadeRange) ?? Default.Fade,
                group?.Value(HoldRange) ?? Default.Hold, group?.Value(LeadRange) ?? Default.Lead);
    }
}
