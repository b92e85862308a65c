using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>
/// Changes a preset's text, one thing at a time. Only what is meant changes, or lines are added in the text's own hand:
/// notes, order, quotes and line endings stay byte for byte. What comes out was read back and checked first. Any
/// thread; reads the files of parents, writes none.
/// </summary>
public sealed class PresetTextEditor
{
    private readonly PresetLibrary _presets;
    private readonly string _file;
    private readonly string _shown;

    /// <summary>An editor for the text of one preset.</summary>
    /// <param name="presets">The folder of presets.</param>
    /// <param name="file">The file that the text belongs to, which need not be there: its name without the ending is
    /// the preset's id, and its parents are looked for beside it and in the folder.</param>
    public PresetTextEditor(PresetLibrary presets, string file)
        : this(presets, file, Path.GetFileName(file))
    {
    }

    internal PresetTextEditor(PresetLibrary presets, string file, string shown) =>
        (_presets, _file, _shown) = (presets, file, shown);

    /// <summary>Sets one value.</summary>
    /// <param name="text">The preset's text.</param>
    /// <param name="path">
    /// <c>STEP.SETTING</c>, <c>STEP</c> (which takes <c>bypass</c> or <c>on</c>), or one of
    /// <see cref="PresetKeys.Settable"/>. A parent's step that the text does not mention yet is written under
    /// <c>change:</c>.
    /// </param>
    /// <param name="value">The value as presets write it: <c>40%</c>, or a sentence of modulation.</param>
    public PresetTextEdit Set(string text, string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        value = value.Trim();
        return Apply(text, ValueEdit.Of(path, value), path);
    }

    /// <summary>Takes away a value that the text itself writes, so that it is the parent's again, or the
    /// default.</summary>
    /// <param name="text">The preset's text.</param>
    /// <param name="path">As <see cref="Set"/> takes it.</param>
    public PresetTextEdit Reset(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Apply(text, new ResetEdit(path), path);
    }

    /// <summary>Adds a step with its effect's defaults.</summary>
    /// <param name="text">The preset's text.</param>
    /// <param name="effectId">The effect.</param>
    /// <param name="before">The step in front of which it stands; null for the usual place, in front of the last
    /// limiter.</param>
    public PresetTextEdit AddStep(string text, string effectId, string? before)
    {
        ArgumentNullException.ThrowIfNull(effectId);
        return Apply(text, new AddStepEdit(effectId, before), effectId);
    }

    /// <summary>Takes away a step that the text itself has.</summary>
    /// <param name="text">The preset's text.</param>
    /// <param name="step">The step.</param>
    public PresetTextEdit RemoveStep(string text, string step) => Apply(text, new RemoveStepEdit(step), step);

    /// <summary>Moves a step that the text itself has, its notes with it.</summary>
    /// <param name="text">The preset's text.</param>
    /// <param name="step">The step.</param>
    /// <param name="before">The step in front of which it stands then; null for the end.</param>
    public PresetTextEdit MoveStep(string text, string step, string? before) =>
        Apply(text, new MoveStepEdit(step, before), step);

    internal PresetReading Read(string text) => _presets.Read(text, _file, _shown);

    private PresetTextEdit Apply(string written, TextEdit edit, string subject)
    {
        ArgumentNullException.ThrowIfNull(written);
        PresetReading before = Read(written);
        if (before.HasErrors || before.Preset is not { } preset || EditableText.Read(written, _shown) is not { } text)
            return Refused(written, [.. before.Diagnostics, Broken(_shown)]);
        if (edit.Refusal(preset, text) is { } refusal)
            return Refused(written, [Note(_shown, refusal)]);
        var value = edit as ValueEdit;
        string? now = value?.In(preset, text);
        var known = new PresetTextEdit(PresetEditOutcome.Unchanged, written, [])
        {
            Before = now,
            After = now,
            Line = value?.OriginIn(preset).Line ?? 0,
        };
        (string patched, PresetReading after) = Patched(edit, text, preset);
        if (after.HasErrors)
            return Refused(written, after.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
                with { Tried = patched };
        if (after.Preset is null)
            return Refused(written, [Note(_shown, new Diagnostic(
                $"\"{subject}\" stands here in a form that is not changed by program.", "Change it in an editor."))]);
        if (patched == text.Text)
            return known;
        return known with
        {
            Outcome = PresetEditOutcome.Written,
            Text = patched,
            Tried = patched,
            Line = value?.OriginIn(after.Preset!).Line ?? 0,
            After = value?.In(after.Preset!, EditableText.Read(patched, _shown)!),
            Diagnostics = [.. after.Diagnostics.Where(d => before.Diagnostics.All(b => b.Message != d.Message))],
        };
    }

    // The first way to write it that reads back as what was meant and nothing else; else the first that has errors, or
    // none.
    private (string Text, PresetReading Reading) Patched(TextEdit edit, EditableText text, Preset before)
    {
        (string, PresetReading) wrong = (text.Text, new PresetReading(null, []));
        foreach (IReadOnlyList<TextPatch> way in edit.Ways(before, text))
        {
            if (way.Count == 0)
                return (text.Text, new PresetReading(before, []));
            string patched = TextPatch.Apply(text.Text, way);
            if (EditableText.Read(patched, text.Source.Name) is not { } after || !edit.IsDone(text.Root, after.Root))
                continue;
            PresetReading candidate = Read(patched);
            if (candidate.HasErrors || candidate.Preset is null)
                wrong = wrong.Item2.HasErrors ? wrong : (patched, candidate);
            else if (edit.IsMeant(before, candidate.Preset))
                return (patched, candidate);
        }

        return wrong;
    }

    internal static PresetDiagnostic Broken(string file) => Note(file, new Diagnostic(
        "A preset with mistakes is not changed by program.", "Correct them first."));

    internal static PresetDiagnostic Note(string file, Diagnostic diagnostic) =>
        LibraryDiagnostics.WithoutLine(DiagnosticSeverity.Error, file, diagnostic)
            with { Rule = diagnostic.Rule ?? DiagnosticRule.Structure };

    private static PresetTextEdit Refused(string text, IEnumerable<PresetDiagnostic> why) =>
        new(PresetEditOutcome.Refused, text, [.. why]);
}
