using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Writes a parent's step into <c>change:</c>, where this file says nothing of it yet.</summary>
internal static class ChangeSection
{
    /// <summary>The key.</summary>
    public const string Key = "change";

    /// <summary>Adds the step.</summary>
    /// <param name="text">The text of a preset that extends another.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="setting">One of its settings; null to switch the step.</param>
    /// <param name="value">The setting's value as it is spelled, or <c>bypass</c> or <c>on</c>.</param>
    public static TextPatch Add(EditableText text, string step, string? setting, string value)
    {
        string inBraces = setting is null ? $"{step}: {value}" : $"{step}: {{ {setting}: {value} }}";
        string deeper = new(' ', text.Depth);
        string[] lines = setting is null || PrefersBraces(text) ? [inBraces] : [$"{step}:", $"{deeper}{setting}: {value}"];
        return text.Find(Key) is YamlMapping section
            ? ValuePatch.Append(text, section, lines, inBraces)
            : KeyChange.Insert(text, Key, [Key + ":", .. lines.Select(line => deeper + line)], $"{Key}: {{ {inBraces} }}");
    }

    private static bool PrefersBraces(EditableText text) =>
        WrittenStep.All(text).FirstOrDefault(step => step.Body is YamlMapping)?.Body is YamlMapping { IsFlow: true };
}
