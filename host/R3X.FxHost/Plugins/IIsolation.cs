namespace R3X.FxHost.Plugins;

/// <summary>Decides which plugins run in processes of their own, and has them run there. Any thread.</summary>
internal interface IIsolation
{
    /// <summary>Why a plugin runs in a process of its own: the end of a sentence. Null where it runs in the
    /// host's.</summary>
    /// <param name="effect">The plugin's effect.</param>
    /// <param name="file">Its assembly, or the copy that is about to be loaded.</param>
    /// <param name="ownsFolder">Whether the assembly's folder holds this plugin and nothing else.</param>
    string? WhyIsolated(EffectDescription effect, string file, bool ownsFolder);

    /// <summary>Has a plugin run in a process of its own, which is started when it is loaded.</summary>
    /// <param name="effect">The plugin's effect.</param>
    /// <param name="file">Its assembly.</param>
    IEffectCode Isolate(EffectDescription effect, string file);
}
