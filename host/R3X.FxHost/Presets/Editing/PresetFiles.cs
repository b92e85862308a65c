using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Renames and deletes presets of a folder, so that nothing that names them is left without. Any thread; reads
/// and writes files.</summary>
public static class PresetFiles
{
    /// <summary>The files of the folder that name a preset: those that extend it, and host.yaml where it is the
    /// default.</summary>
    /// <param name="presets">The folder.</param>
    /// <param name="id">The preset.</param>
    public static IReadOnlyList<string> NamersOf(PresetLibrary presets, string id)
    {
        ArgumentNullException.ThrowIfNull(presets);
        return [.. ReferencesTo(presets, id).Select(reference => reference.File.File)];
    }

    /// <summary>Gives a preset another id, and its file another name.</summary>
    /// <param name="presets">The folder.</param>
    /// <param name="id">The preset.</param>
    /// <param name="newId">Its new id.</param>
    /// <param name="changesNamers">Whether files that name it are changed as well; otherwise it is refused where there
    /// are some.</param>
    /// <returns>The new file, or why nothing was done.</returns>
    /// <exception cref="IOException">A file cannot be written; the message names it.</exception>
    public static NewPreset Rename(PresetLibrary presets, string id, string newId, bool changesNamers = false)
    {
        ArgumentNullException.ThrowIfNull(presets);
        if (NewPreset.WrongId(newId) is { } wrong)
            return Refused(newId, wrong);
        if (Read(presets, id, out NewPreset missing) is not { } file)
            return missing;
        if (presets.ListIds().FirstOrDefault(other => other != id
            && other.Equals(newId, StringComparison.OrdinalIgnoreCase)) is { } namesake)
            return Refused(namesake, new Diagnostic($"There is a preset \"{namesake}\" already.",
                "Choose another name, or delete that one first."));
        List<Reference> references = ReferencesTo(presets, id);
        if (references.Count > 0 && !changesNamers)
            return Refused(id, new Diagnostic($"\"{id}\" is named in {Listed(references)}.",
                "Change its name there, too."));
        List<(PresetTextFile File, string Text)> changed = [];
        foreach (Reference reference in references)
        {
            if (Renamed(reference, newId) is not { } text)
                return Refused(Path.GetFileName(reference.File.File), new Diagnostic(
                    $"\"{reference.Key}\" stands in it in a form that is not changed by program.",
                    $"Write \"{reference.Key}: {newId}\" in it, once it is renamed."));
            changed.Add((reference.File, text));
        }

        string renamed = Path.Combine(Path.GetDirectoryName(file.File)!, newId + PresetFile.Extension);
        file.CopyTo(renamed);
        foreach ((PresetTextFile namer, string text) in changed)
        {
            // Both stay then, and every file has what it names.
            if (namer.Save(text) is null)
                return Refused(Path.GetFileName(namer.File), new Diagnostic(
                    $"It was changed by someone else meanwhile, so there are both \"{id}\" and \"{newId}\" now.",
                    $"Let it name \"{newId}\", and delete \"{id}\"."));
        }

        WholeFile.Delete(file.File);
        return new NewPreset(renamed, []);
    }

    /// <summary>Deletes a preset that no other file names.</summary>
    /// <param name="presets">The folder.</param>
    /// <param name="id">The preset.</param>
    /// <param name="deleted">What was deleted, to be had again with <see cref="PresetTextFile.Restore"/>; null when
    /// nothing was.</param>
    /// <returns>Its file, or why nothing was done.</returns>
    /// <exception cref="IOException">It cannot be deleted; the message names it.</exception>
    public static NewPreset Delete(PresetLibrary presets, string id, out PresetTextFile? deleted)
    {
        ArgumentNullException.ThrowIfNull(presets);
        deleted = null;
        if (Read(presets, id, out NewPreset missing) is not { } file)
            return missing;
        if (ReferencesTo(presets, id) is { Count: > 0 } references)
            return Refused(id, new Diagnostic($"\"{id}\" is named in {Listed(references)}.",
                "Let it name another preset first."));
        WholeFile.Delete(file.File);
        deleted = file;
        return new NewPreset(file.File, []);
    }

    private static PresetTextFile? Read(PresetLibrary presets, string id, out NewPreset missing)
    {
        ArgumentNullException.ThrowIfNull(id);
        missing = new NewPreset(null, []);
        if (!PresetFile.IsPath(id) && PresetFile.Find(presets.Folder, id) is { } file
            && PresetTextFile.Read(file) is { } read)
            return read;
        missing = Refused(id, LibraryDiagnostics.Unknown(id, "here", [presets.Folder]));
        return null;
    }

    private static List<Reference> ReferencesTo(PresetLibrary presets, string id)
    {
        string host = Path.Combine(presets.Folder, HostSettingsReader.FileName);
        IEnumerable<(string File, string Key)> files =
            [.. PresetFile.In(presets.Folder).Select(file => (file, "extends")), (host, "default")];
        List<Reference> found = [];
        foreach ((string path, string key) in files)
        {
            if (PresetTextFile.Read(path) is { } file
                && EditableText.Read(file.Text, Path.GetFileName(path)) is { } text
                && text.Find(key) is YamlScalar named && Composed.Of(named.Text) == Composed.Of(id))
                found.Add(new Reference(file, text, key, named));
        }

        return found;
    }

    private static string? Renamed(Reference reference, string newId)
    {
        string text = TextPatch.Apply(
            reference.Text.Text, [ValuePatch.Replace(reference.Text, reference.Named, newId)]);
        return EditableText.Read(text, reference.Text.Source.Name) is { } after
            && LeafPaths.TextAt(after.Root, reference.Key) == newId
            && LeafPaths.DifferOnlyAt(reference.Key, false, reference.Text.Root, after.Root) ? text : null;
    }

    private static string Listed(List<Reference> references) =>
        string.Join(", ", references.Select(reference => Path.GetFileName(reference.File.File)));

    private static NewPreset Refused(string place, Diagnostic diagnostic) =>
        new(null, [PresetTextEditor.Note(place, diagnostic)]);

    private sealed record Reference(PresetTextFile File, EditableText Text, string Key, YamlScalar Named);
}
