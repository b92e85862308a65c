using System.Collections.Generic;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>One thing to change in a preset's file, and how that can be written.</summary>
internal abstract class PresetChange
{
    /// <summary>Why it cannot be written in this file, or null.</summary>
    public virtual Diagnostic? Refusal(EditableText text) => null;

    /// <summary>Ways to write it, the most fitting first: each is what to patch. Not all of them need hold.</summary>
    public abstract IEnumerable<IReadOnlyList<TextPatch>> Ways(EditableText text);

    /// <summary>Whether a tree is the one from before but for what was to change.</summary>
    public abstract bool IsDone(YamlMapping before, YamlMapping after);

    /// <summary>Whether a difference between the preset before and after is the one that was meant.</summary>
    public abstract bool Means(PresetDifference difference);
}
