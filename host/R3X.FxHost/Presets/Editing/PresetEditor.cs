using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>
/// Changes presets' files one value at a time. Only the value's own characters change, or lines are added in the file's
/// own hand: notes, order, quotes and line endings stay byte for byte. What is written was read back and checked first,
/// and replaces the file in one step, so that no reader finds a part of it. Any thread; reads and writes files.
/// </summary>
/// <param name="presets">The folder of presets.</param>
public sealed class PresetEditor(PresetLibrary presets)
{
    /// <summary>The hash of what a preset's file holds now, to be handed to <see cref="Set"/>; null when it cannot be
    /// read.</summary>
    /// <param name="idOrPath">The id of a preset in the folder, or a path.</param>
    public string? HashOf(string idOrPath) =>
        FileOf(idOrPath) is { } file
            && PresetFile.TryReadBytes(file, out byte[] bytes, out _) ? WholeFile.HashOf(bytes) : null;

    /// <summary>Sets one value of a preset.</summary>
    /// <param name="idOrPath">The id of a preset in the folder, or the path of any preset file.</param>
    /// <param name="path">
    /// <c>STEP.SETTING</c>, <c>STEP</c> (which takes <c>bypass</c> or <c>on</c>), <c>name</c>, <c>about</c>,
    /// <c>priority</c>, <c>match-loudness</c> or <c>quality</c>. A parent's step that the file does not mention yet is
    /// written under <c>change:</c>.
    /// </param>
    /// <param name="value">The value as presets write it: <c>40%</c>, or a sentence of modulation.</param>
    /// <param name="expectedHash">What the file must still hold, from <see cref="HashOf"/> or the last edit; null takes
    /// it as it is.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it and the reason.</exception>
    public PresetEdit Set(string idOrPath, string path, string value, string? expectedHash = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        if (FileOf(idOrPath) is not { } file || !PresetFile.TryReadBytes(file, out byte[] bytes, out _))
            return new PresetEdit(PresetEditOutcome.Refused, "", "", 0, null, null, presets.Find(idOrPath).Diagnostics);
        string shown = PresetFile.IsPath(idOrPath) ? file : Path.GetFileName(file);
        string hash = WholeFile.HashOf(bytes);
        if (expectedHash is not null && !expectedHash.Equals(hash, StringComparison.OrdinalIgnoreCase))
            return Stale(file, shown, hash);

        PresetEdit Refuse(params IEnumerable<PresetDiagnostic> why) =>
            new(PresetEditOutcome.Refused, file, hash, 0, null, null, [.. why]);

        (SourceText decoded, DiagnosticBag diagnostics) = FileText.Decode(bytes, shown);
        PresetReading Read(string read) => presets.Read(read, file, shown);
        PresetReading before = Read(decoded.Text);
        if (diagnostics.HasErrors || before.HasErrors || before.Preset is not { } preset
            || EditableText.Read(decoded.Text, shown) is not { } text)
            return Refuse([.. diagnostics.ToList(), .. before.Diagnostics, Note(
                shown, new Diagnostic("A preset with mistakes is not changed by program.", "Correct them first."))]);
        value = value.Trim();
        var edit = ValueEdit.Of(path, value);
        if (edit.Refusal(preset, text) is { } refusal)
            return Refuse(Note(shown, refusal));
        string? now = edit.In(preset, text);
        var known = new PresetEdit(PresetEditOutcome.Unchanged, file, hash, edit.OriginIn(preset).Line, now, now, []);
        if (edit is SwitchEdit && now == value)
            return known;
        if (Patched(edit, text, preset, Read, out PresetReading after) is not { } patched)
        {
            var fixedForm = new Diagnostic(
                $"\"{path}\" stands here in a form that is not changed by program.", "Change it in an editor.");
            return Refuse(after.HasErrors
                ? after.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
                : [Note(shown, fixedForm)]);
        }

        if (patched == text.Text)
            return known;
        byte[] written = WholeFile.WithBomOf(bytes, patched);
        if (!WholeFile.Replace(file, bytes, written))
            return Stale(file, shown, hash);
        return known with
        {
            Outcome = PresetEditOutcome.Written,
            Hash = WholeFile.HashOf(written),
            Line = edit.OriginIn(after.Preset!).Line,
            After = edit.In(after.Preset!, EditableText.Read(patched, shown)!),
            Diagnostics = [.. after.Diagnostics.Where(d => before.Diagnostics.All(b => b.Message != d.Message))],
        };
    }

    // The first way to write it that reads back as what was meant and nothing else; else what is wrong with it.
    private static string? Patched(
        ValueEdit edit, EditableText text, Preset before, Func<string, PresetReading> read, out PresetReading reading)
    {
        reading = new PresetReading(null, []);
        foreach (IReadOnlyList<TextPatch> way in edit.Ways(text))
        {
            string patched = TextPatch.Apply(text.Text, way);
            if (EditableText.Read(patched, text.Source.Name) is not { } after || !edit.IsDone(text.Root, after.Root))
                continue;
            PresetReading candidate = read(patched);
            if (candidate.HasErrors || candidate.Preset is null)
            {
                reading = reading.HasErrors ? reading : candidate;
                continue;
            }

            if (PresetComparison.Between(before, candidate.Preset).All(edit.Means))
            {
                reading = candidate;
                return patched;
            }
        }

        return null;
    }

    private string? FileOf(string idOrPath) =>
        PresetFile.IsPath(idOrPath) ? idOrPath : PresetFile.Find(presets.Folder, idOrPath);

    private static PresetEdit Stale(string file, string shown, string hash) => new(
        PresetEditOutcome.Stale, file, hash, 0, null, null,
        [Note(shown, new Diagnostic("The file was changed by someone else since it was read, so nothing was written.",
            "Read it again, and repeat the change.", DiagnosticRule.File))]);

    private static PresetDiagnostic Note(string file, Diagnostic diagnostic) => 
        LibraryDiagnostics.WithoutLine(DiagnosticSeverity.Error, file, diagnostic)
            with { Rule = diagnostic.Rule ?? DiagnosticRule.Structure };
}
