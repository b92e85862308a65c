namespace R3X.FxHost.Plugins;

/// <summary>How a catalogue brings an effect's code into memory.</summary>
internal enum PluginLoadMode
{
    /// <summary>
    /// For commands that do one thing and end. Each effect is loaded from its own file, which stays in use until the
    /// process ends, and cannot be unloaded. Code compiled ahead of time (ReadyToRun) is used, which it only is this
    /// way.
    /// </summary>
    FromFile,

    /// <summary>
    /// For hosts that run for days. Each effect is loaded from a copy of its folder in the system's temporary folder,
    /// so the plugin's own files can be replaced, and can be unloaded. Its code is compiled when it first runs.
    /// </summary>
    Shadow,
}
