using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Changes the value of an outermost key, such as <c>about</c>.</summary>
internal sealed class KeyChange(string key, string value) : PresetChange
{
    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(EditableText text)
    {
        YamlNode? before = text.Find(key);
        bool isProse = PresetKeys.Taking(KeyContent.Text).Contains(key);
        foreach (string spelled in ScalarSpelling.Of(value, before is null ? null : text.Text[before.Extent], isProse))
            yield return [before is null ? ValuePatch.InsertKey(text, key, [$"{key}: {spelled}"], $"{key}: {spelled}") : ValuePatch.Replace(text, before, spelled)];
    }

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        LeafPaths.TextAt(after, key) == value && LeafPaths.DifferOnlyAt(key, false, before, after);

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => difference.Step is null && difference.Key == key;
}
