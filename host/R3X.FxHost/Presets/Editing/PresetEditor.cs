using System;
using System.Collections.Generic;
using System.IO;
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

        PresetEdit Refuse(IEnumerable<PresetDiagnostic> why) =>
            new(PresetEditOutcome.Refused, file, hash, 0, null, null, [.. why]);

        (SourceText decoded, DiagnosticBag diagnostics) = FileText.Decode(bytes, shown);
        var editor = new PresetTextEditor(presets, file, shown);
        if (diagnostics.HasErrors)
            return Refuse([.. diagnostics.ToList(), .. editor.Read(decoded.Text).Diagnostics,
                PresetTextEditor.Broken(shown)]);
        PresetTextEdit edit = editor.Set(decoded.Text, path, value);
        if (edit.Outcome == PresetEditOutcome.Refused)
            return Refuse(edit.Diagnostics);
        var known = new PresetEdit(edit.Outcome, file, hash, edit.Line, edit.Before, edit.After, edit.Diagnostics);
        if (edit.Outcome == PresetEditOutcome.Unchanged)
            return known;
        byte[] written = WholeFile.WithBomOf(bytes, edit.Text);
        return WholeFile.Replace(file, bytes, written)
            ? known with { Hash = WholeFile.HashOf(written) }
            : Stale(file, shown, hash);
    }

    private string? FileOf(string idOrPath) =>
        PresetFile.IsPath(idOrPath) ? idOrPath : PresetFile.Find(presets.Folder, idOrPath);

    private static PresetEdit Stale(string file, string shown, string hash) => new(
        PresetEditOutcome.Stale, file, hash, 0, null, null,
        [PresetTextEditor.Note(shown, new Diagnostic(
            "The file was changed by someone else since it was read, so nothing was written.",
            "Read it again, and repeat the change.", DiagnosticRule.File))]);
}
