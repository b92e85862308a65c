using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>A plugin's code, wherever it runs: in this process, or in a process of its own. Any thread.</summary>
internal interface IEffectCode
{
    /// <summary>Loads it and tries it: makes effects and reads their settings.</summary>
    /// <returns>The settings, in a list that is the host's own.</returns>
    /// <exception cref="PluginRefusedException">It cannot be used; <see cref="Unload"/> is still due.</exception>
    Parameter[] Load();

    /// <summary>Makes a fresh effect.</summary>
    /// <exception cref="InvalidOperationException">Its constructor threw, or the plugin is unloaded. The message says
    /// which.</exception>
    IEffect Create();

    /// <summary>Lets go of the plugin; effects made from it go on until they are dropped.</summary>
    /// <returns>Is alive until the code really left memory; null when it cannot leave, or was never in it.</returns>
    WeakReference? Unload();
}
