using System.Collections.Generic;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets;

/// <summary>What <c>presets/host.yaml</c> says. Immutable.</summary>
/// <param name="Default">The preset for lines that nothing else chose, by id.</param>
/// <param name="ReferenceLoudness">What lines are brought to in front of the chain, in LUFS; null leaves them alone.</param>
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

    /// <summary>How music gets out of a voice's way.</summary>
    public DuckingSettings Ducking { get; init; } = DuckingSettings.Default;

    /// <summary>Where lines are kept that need not be bought again, as an absolute path; null keeps none.</summary>
    public string? CacheFolder { get; init; }
}
