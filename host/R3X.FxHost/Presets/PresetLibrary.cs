using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>
/// A folder of presets: each <c>*.yaml</c> but host.yaml. A preset is read when it is first asked for, and again when its
/// text, or a parent's, has changed by the time it is asked for. What it hands out is immutable. Any thread; never the audio thread,
/// as it reads files.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
/// <param name="catalogue">The effects to check against.</param>
/// <param name="clock">The clock that files' times are compared with; the system's when left out.</param>
public sealed class PresetLibrary(string folder, IEffectCatalogue catalogue, TimeProvider? clock = null)
{
    private readonly PresetTexts _texts = new(clock ?? TimeProvider.System);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The ids of all presets in the folder, sorted, whether or not they can be used. Reads the folder, not the files.</summary>
    public IReadOnlyList<string> ListIds() => IdsIn(Folder);

    /// <summary>Reads every preset of the folder.</summary>
    public IReadOnlyList<PresetListing> ReadAll() =>
        [.. PresetTexts.FilesIn(Folder).Select(file => new PresetListing(Path.GetFileNameWithoutExtension(file), file, ReadFile(file, Path.GetFileName(file))))];

    /// <summary>
    /// Finds a preset. After a broken save, or while an editor is about to write the file anew, it is the last good version, and
    /// the diagnostics say so.
    /// </summary>
    /// <param name="idOrPath">The id of a preset in the folder, or the path of any preset file, relative to the current directory; its
    /// parents are looked for in the folder of that file.</param>
    /// <returns>The preset, or null with the reason among the diagnostics.</returns>
    public PresetReading Find(string idOrPath)
    {
        if (PresetFile.IsPath(idOrPath))
            return ReadFile(idOrPath, idOrPath);
        string? file = _texts.FileOf(Folder, idOrPath);
        return file is not null
            ? ReadFile(file, Path.GetFileName(file))
            : new PresetReading(null, [WithoutLine(DiagnosticSeverity.Error, Folder, Unknown(idOrPath, Folder, "here"))]);
    }

    /// <summary>Finds a preset; see <see cref="Find"/>.</summary>
    /// <param name="idOrPath">The id or path.</param>
    /// <param name="preset">The preset, or null.</param>
    /// <param name="diagnostics">Everything there is to say about it.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(
        string idOrPath,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Preset? preset,
        out IReadOnlyList<PresetDiagnostic> diagnostics)
    {
        (preset, diagnostics) = Find(idOrPath);
        return preset is not null;
    }

    /// <summary>Reads a text as if it were a file of the folder, its parents being the folder's. Nothing of it is kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name; without its ending it is the preset's id.</param>
    public PresetReading Read(string text, string fileName)
    {
        var source = new SourceText(fileName, text);
        var written = WrittenPreset.Of(source, new Mistakes(source));
        return PresetBuilder.Build(written, catalogue, () => ParentOf(written, Path.Combine(Folder, Path.GetFileName(fileName)), fileName));
    }

    private PresetReading ReadFile(string path, string shownName)
    {
        _entries.TryGetValue(path, out Entry? known);
        PresetText text = _texts.Read(path, shownName);
        if (text.Written is not { } written)
        {
            PresetReading unreadable = Unreadable(path, shownName, text.WhyNot, known is not null);
            return WithLastGood(unreadable, known?.LastGood, shownName);
        }

        FoundParent parent = written.HasParent ? ParentOf(written, path, shownName) : default;
        if (known is not null && ReferenceEquals(known.Written, written) && known.Parent == parent)
            return known.Reading;
        PresetReading fresh = PresetBuilder.Build(written, catalogue, () => parent);
        if (fresh.Preset is { } preset)
            fresh = fresh with { Preset = preset with { File = Path.GetFullPath(path) } };
        Preset? lastGood = fresh.Preset ?? known?.LastGood;
        PresetReading reading = fresh.Preset is null ? WithLastGood(fresh, lastGood, shownName) : fresh;
        _entries[path] = new Entry(written, parent, reading, lastGood);
        return reading;
    }

    private FoundParent ParentOf(WrittenPreset child, string path, string shownName)
    {
        string home = Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";
        string shownHome = Path.GetDirectoryName(shownName) ?? "";
        var ancestry = Ancestry.Of(child, id => _texts.FileOf(home, id) is { } file ? _texts.Read(file, Path.Combine(shownHome, Path.GetFileName(file))).Written : null);
        if (ancestry.Complaint is { } complaint)
            return new FoundParent(null, complaint, QuotesPlace: ancestry.IsCircle);
        string id = child.Extends!.Text;
        if (_texts.FileOf(home, id) is not { } parentFile)
            return new FoundParent(null, Unknown(id, home, "in this folder", child.Id));
        PresetReading parent = ReadFile(parentFile, Path.Combine(shownHome, Path.GetFileName(parentFile)));
        PresetDiagnostic? first = parent.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        return new FoundParent(parent.Preset, first is null ? null : Broken(id, first, parent.Preset is not null));
    }

    private static Complaint Broken(string id, PresetDiagnostic first, bool hasLastGood)
    {
        string message = first.Message.Split('\n')[0].TrimEnd(':', '.');
        string place = first.Line > 0 ? string.Create(null, $"{first.File}:{first.Line}:{first.Column}") : first.File;
        return hasLastGood
            ? new Complaint($"\"{id}\" has a mistake, so its last good version is used: {place}  {message}.", $"Correct \"{id}\".")
            : new Complaint($"\"{id}\" cannot be used: {place}  {message}.", $"Correct \"{id}\" first.");
    }

    private static PresetReading WithLastGood(PresetReading broken, Preset? lastGood, string shownName)
    {
        if (lastGood is null)
            return broken;
        var note = WithoutLine(DiagnosticSeverity.Warning, shownName, new Complaint("The last good version of this preset stays in use.", "Correct the file; it is read again when the preset is next used."));
        return new PresetReading(lastGood, [.. broken.Diagnostics, note]);
    }

    private static PresetReading Unreadable(string path, string shownName, string reason, bool wasThere)
    {
        string fix = File.Exists(path) ? "Let this user read it." : wasThere ? "Put it back." : "Check the path, or give the id of a preset instead.";
        string message = File.Exists(path) || Directory.Exists(path) ? $"The preset could not be read. {reason}" : "There is no such file.";
        return new PresetReading(null, [WithoutLine(DiagnosticSeverity.Error, shownName, new Complaint(message, fix))]);
    }

    private static Complaint Unknown(string id, string home, string where, string? except = null)
    {
        string[] ids = [.. IdsIn(home).Where(other => other != except)];
        string otherExtension = Path.Combine(home, id + ".yml");
        string fix = File.Exists(otherExtension) ? $"Rename {id}.yml there to {id}.yaml."
            : ids.Length > 0 ? Complaint.FixFor(NearestName.Find(id, ids), "There are", ids)
            : except is null ? "Name the folder of presets, or the path of a file." : "Put the parent into the same folder.";
        return new Complaint($"There is no preset {Complaint.Quote(id)} {where}.", fix);
    }

    private static string[] IdsIn(string folder) => [.. PresetTexts.FilesIn(folder).Select(f => Path.GetFileNameWithoutExtension(f))];

    private static PresetDiagnostic WithoutLine(DiagnosticSeverity severity, string file, Complaint complaint) =>
        new(severity, file, 0, 0, 0, complaint.Message, complaint.Fix, null);

    /// <summary>What is known of one file.</summary>
    /// <param name="Written">Its text.</param>
    /// <param name="Parent">The parent it was built on.</param>
    /// <param name="Reading">What callers get.</param>
    /// <param name="LastGood">The last version without errors.</param>
    private sealed record Entry(WrittenPreset Written, FoundParent Parent, PresetReading Reading, Preset? LastGood);
}
