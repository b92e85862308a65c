using System;

namespace R3X.FxHost.Sdk;

/// <summary>
/// Says what effect an assembly holds. One assembly, one effect. Hosts read it from the file's metadata, without
/// loading the assembly.
/// </summary>
/// <example><code>[assembly: Effect("comb", "Comb", EffectRole.Space)]</code></example>
/// <param name="id">The stable name presets use, in kebab-case (<c>ring-mod</c>). Also the plugin folder's
/// name.</param>
/// <param name="name">The name people read.</param>
/// <param name="role">What the effect is for.</param>
/// <param name="apiLevel">Leave it out: the compiler writes the level of the Sdk that the plugin is built with.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EffectAttribute(string id, string name, EffectRole role, int apiLevel = SdkApi.Level) : Attribute
{
    /// <summary>The stable name presets use, in kebab-case.</summary>
    public string Id { get; } = id;

    /// <summary>The name people read.</summary>
    public string Name { get; } = name;

    /// <summary>What the effect is for.</summary>
    public EffectRole Role { get; } = role;

    /// <summary>The contract level the plugin was built with.</summary>
    public int ApiLevel { get; } = apiLevel;

    /// <summary>One sentence for people who do not program: what the effect does to a voice. Lists of effects show it;
    /// empty where nothing is said.</summary>
    public string Help { get; init; } = "";

    /// <summary>
    /// Whether the output still looks like the input, only later, so that comparing the two finds the latency. False
    /// for effects that make the sound anew (another pitch, another source) or repeat it; the latency they declare is
    /// then taken on trust by the conformance tests, and used by hosts all the same.
    /// </summary>
    public bool LatencyIsMeasurable { get; init; } = true;
}
