using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>An effect as its file's metadata describes it, without loading anything.</summary>
/// <param name="Id">The stable name presets use.</param>
/// <param name="Name">The name people read.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Version">The plugin's version, such as <c>0.1.0</c>.</param>
/// <param name="File">The assembly's absolute path.</param>
public sealed record EffectDescription(string Id, string Name, EffectRole Role, string Version, string File)
{
    /// <summary>One sentence: what it does to a voice; empty where its author says nothing.</summary>
    public string Help { get; init; } = "";
}
