using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>One value to set in a preset's file.</summary>
internal abstract class ValueEdit : TextEdit
{
    /// <summary>What a path means: <c>comb.mix</c>, <c>comb</c> or <c>about</c>.</summary>
    public static ValueEdit Of(string path, string value)
    {
        if (PresetKeys.Settable.Contains(path.Trim()))
            return new KeyEdit(path.Trim(), value);
        var inStep = SettingPath.Of(path);
        return inStep.Setting is { } setting
            ? new SettingEdit(inStep with { Setting = PointWords.Canonical(setting) }, value)
            : new SwitchEdit(inStep, value);
    }

    /// <summary>The value in a preset, as presets write it; null where it is nowhere said.</summary>
    public abstract string? In(Preset preset, EditableText text);

    /// <summary>Where it was written; a default when nowhere.</summary>
    public abstract Origin OriginIn(Preset preset);

    /// <summary>Whether a difference between the preset before and after is the one that was meant.</summary>
    public abstract bool Means(PresetDifference difference);

    /// <inheritdoc/>
    public override bool IsMeant(Preset before, Preset after) =>
        PresetComparison.Between(before, after).All(Means);

    /// <summary>Ways to write a value where one stands, or where none stands yet.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    /// <param name="before">What stands there; null when nothing does.</param>
    /// <param name="isProse">Whether it is a name or a sentence.</param>
    /// <param name="add">What adds it, spelled in one way.</param>
    protected static IEnumerable<IReadOnlyList<TextPatch>> Spelled(
        EditableText text, string value, YamlNode? before, bool isProse, Func<string, IReadOnlyList<TextPatch>> add) =>
        ScalarSpelling.Of(value, before is null ? null : text.Text[before.Extent], isProse)
            .Select(spelled => before is null ? add(spelled) : [ValuePatch.Replace(text, before, spelled)]);
}

/// <summary>Sets an outermost key, such as <c>about</c>.</summary>
internal sealed class KeyEdit(string key, string value) : ValueEdit
{
    private readonly PresetKey _key = PresetKeys.All.First(known => known.Name == key);

    /// <inheritdoc/>
    public override Diagnostic? Refusal(Preset preset, EditableText text) => null;

    /// <inheritdoc/>
    public override string? In(Preset preset, EditableText text) =>
        text.Find(key) is YamlScalar written ? written.Text
        : _key.ValueIn!(preset) is { Length: > 0 } value ? value
        : null;

    /// <inheritdoc/>
    public override Origin OriginIn(Preset preset) => preset.Origins.GetValueOrDefault(key, Origin.Default);

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text) =>
        Spelled(text, value, text.Find(key), _key.Takes == KeyContent.Text, spelled =>
            [ValuePatch.InsertKey(text, key, [$"{key}: {spelled}"], $"{key}: {spelled}")]);

    /// <inheritdoc/>
    public override bool IsDone(YamlMapping before, YamlMapping after) =>
        LeafPaths.TextAt(after, key) == value && LeafPaths.DifferOnlyAt(key, false, before, after);

    /// <inheritdoc/>
    public override bool Means(PresetDifference difference) => difference.Step is null && difference.Key == key;
}
