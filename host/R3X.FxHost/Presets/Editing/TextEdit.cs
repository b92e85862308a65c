using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>One change of a preset's text.</summary>
internal abstract class TextEdit
{
    /// <summary>Why it cannot be done to the preset, or not in this file; null when it can.</summary>
    public abstract Diagnostic? Refusal(Preset preset, EditableText text);

    /// <summary>Ways to write it, the most fitting first: each is what to patch. Not all of them need hold; one without
    /// patches says that there is nothing to do.</summary>
    public abstract IEnumerable<IReadOnlyList<TextPatch>> Ways(Preset preset, EditableText text);

    /// <summary>Whether a tree is the one from before but for what was to change.</summary>
    public abstract bool IsDone(YamlMapping before, YamlMapping after);

    /// <summary>Whether the preset differs in what was meant, and in nothing else.</summary>
    public abstract bool IsMeant(Preset before, Preset after);
}
