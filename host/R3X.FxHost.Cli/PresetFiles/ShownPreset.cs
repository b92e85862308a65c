using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary>A preset as <c>presets show</c> prints it.</summary>
/// <param name="Hash">What <c>presets set --hash</c> takes.</param>
/// <param name="Values">Outermost keys, then each step and its settings.</param>
internal sealed record ShownPreset(string Id, string Name, string File, string? Hash, ShownValue[] Values)
{
    public static ShownPreset Of(Preset preset, string? hash) =>
        new(preset.Id, preset.Name, preset.File, hash,
            [.. KeysOf(preset), .. preset.Steps.SelectMany(step => StepOf(preset, step))]);

    private static IEnumerable<ShownValue> KeysOf(Preset preset)
    {
        foreach ((string key, string value) in PresetKeys.Of(preset).Where(key => key.Value.Length > 0))
            yield return ShownValue.Of(preset, key, value, preset.Origins.GetValueOrDefault(key, Origin.Default));
    }

    private static IEnumerable<ShownValue> StepOf(Preset preset, PresetStep step)
    {
        string effect = step.Slot.EffectId == step.Name ? "" : step.Slot.EffectId;
        string state = step.IsBypassed ? "bypassed" : effect.Length == 0 ? "on" : "";
        yield return ShownValue.Of(preset, step.Name, string.Join(", ", ((string[])[effect, state])
            .Where(part => part.Length > 0)), step.SwitchOrigin.IsDefault ? step.Origin : step.SwitchOrigin);
        foreach (StepSetting setting in step.Settings())
            yield return ShownValue.Of(preset, $"{step.Name}.{setting.Name}", setting.Value, setting.Origin);
    }
}

/// <summary>One value of a preset.</summary>
/// <param name="Path">What <c>presets set</c> calls it.</param>
/// <param name="Value">As presets write it.</param>
/// <param name="From"><c>own</c>, <c>parent</c> or <c>default</c>.</param>
/// <param name="Preset">The preset that wrote it; null for a default.</param>
/// <param name="Line">The line in that preset's file, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record ShownValue(string Path, string Value, string From, string? Preset, int? Line, int? Column)
{
    public static ShownValue Of(Preset preset, string path, string value, Origin origin) => origin.IsDefault
        ? new ShownValue(path, value, "default", null, null, null)
        : new ShownValue(
            path, value, origin.PresetId == preset.Id ? "own" : "parent", origin.PresetId, origin.Line, origin.Column);
}
