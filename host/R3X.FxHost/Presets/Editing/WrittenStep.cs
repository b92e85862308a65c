using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A step as one file writes it, under <c>chain:</c>, <c>add:</c> or <c>change:</c>.</summary>
/// <param name="Body">What stands behind its colon; null without a colon.</param>
internal sealed record WrittenStep(string Section, YamlScalar Name, YamlNode? Body, bool IsInBrackets)
{
    public static IReadOnlyList<string> Sections { get; } = PresetKeys.Taking(KeyContent.Steps);

    /// <summary>The step of a name, or null when the file does not write it.</summary>
    public static WrittenStep? Find(EditableText text, string name) =>
        All(text).FirstOrDefault(step => step.Name.Text == name);

    public static IEnumerable<WrittenStep> All(EditableText text)
    {
        foreach (YamlEntry section in text.Root.Entries.Where(entry => Sections.Contains(entry.Key.Text)))
        {
            bool isInBrackets = text.Root.IsFlow || text.Text[section.Value.Extent].StartsWith('[')
                || section.Value is YamlMapping { IsFlow: true };
            IEnumerable<YamlNode> parts = section.Value switch { YamlSequence list => list.Items, var node => [node] };
            foreach (YamlNode part in parts)
            {
                if (part is YamlScalar name)
                    yield return new WrittenStep(section.Key.Text, name, null, isInBrackets);
                else if (part is YamlMapping mapping)
                {
                    foreach (YamlEntry entry in mapping.Entries)
                        yield return new WrittenStep(
                            section.Key.Text, entry.Key, entry.Value, isInBrackets || mapping.IsFlow);
                }
            }
        }
    }
}
