using System;
using System.IO;
using R3X.FxHost.Isolation;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;

namespace R3X.FxHost;

/// <summary>Which effects of a host run in processes of their own: by what the program says, by host.yaml, by where
/// they come from and whether they are trusted.</summary>
/// <param name="choice">What the program says.</param>
/// <param name="ownFolder">The folder of the effects that come with it; null where there is none.</param>
/// <param name="trusted">Whom the user trusts.</param>
internal sealed class HostIsolation(EffectIsolation choice, string? ownFolder, TrustedPlugins trusted) : IIsolation
{
    /// <summary>What host.yaml says; set before the first effect is loaded.</summary>
    public IsolationSettings Settings { get; set; } = IsolationSettings.Default;

    /// <inheritdoc/>
    public string? WhyIsolated(EffectDescription effect, string file, bool ownsFolder)
    {
        if (choice != EffectIsolation.AsSettingsSay)
            return choice == EffectIsolation.All ? "the program says so for all effects" : null;
        if (Settings.Effects.TryGetValue(effect.Id, out bool isIsolated))
            return isIsolated ? "host.yaml says so" : null;
        string folder = Path.GetDirectoryName(effect.File)!;
        if (Settings.Folders.TryGetValue(folder, out isIsolated)
            || (ownsFolder && Settings.Folders.TryGetValue(Path.GetDirectoryName(folder) ?? folder, out isIsolated)))
            return isIsolated ? "host.yaml says so for its folder" : null;
        return ComesWithTheHost(effect) || trusted.Holds(PluginHash.Of(file, ownsFolder)) ? null
            : "it does not come with the host and is not trusted (r3x effects trust FOLDER)";
    }

    /// <inheritdoc/>
    public IEffectCode Isolate(EffectDescription effect, string file) => new IsolatedPlugin(
        effect.Id, file, new WorkerLimits(Settings.MemoryMegabytes, Settings.ProcessorPercent), TimeProvider.System);

    // By its folder and by its name: anybody may write either.
    private bool ComesWithTheHost(EffectDescription effect) => ownFolder is not null
        && effect.File.StartsWith(Path.TrimEndingDirectorySeparator(ownFolder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal)
        && EffectChecks.ComesWithTheHost(Path.GetFileNameWithoutExtension(effect.File));
}
