using System.Collections.Generic;
using R3X.FxHost.Plugins;

namespace R3X.FxHost;

/// <content>Effects without a host.</content>
public sealed partial class FxHost
{
    /// <summary>
    /// Finds the effects in some folders and in no others, by metadata alone. Any thread; reads files.
    /// </summary>
    /// <param name="folders">Folders of plugins, or of one plugin; relative ones are taken from the current
    /// directory.</param>
    /// <returns>The effects, and what was refused and why.</returns>
    public static IEffectCatalogue FindEffects(IEnumerable<string> folders) =>
        EffectCatalogue.Discover(folders, PluginLoadMode.FromFile);
}
