using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Presets;

/// <summary>
/// A folder of presets: each <c>*.yaml</c> but host.yaml. A preset is read when it is first asked for, and again when its
/// text has changed by the time it is asked for. What it hands out is immutable. Any thread; never the audio thread,
/// as it reads files.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
/// <param name="catalogue">The effects to check against.</param>
/// <param name="clock">The clock that files' times are compared with; the system's when left out.</param>
public sealed class PresetLibrary(string folder, IEffectCatalogue catalogue, TimeProvider? clock = null)
{
    // Some file systems keep times in steps of two seconds: within that a file may change again and look the same.
    private static readonly TimeSpan StampStep = TimeSpan.FromSeconds(2.5);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The ids of all presets in the folder, sorted, whether or not they can be used. Reads the folder, not the files.</summary>
    public IReadOnlyList<string> ListIds() => [.. ListFiles().Select(f => Path.GetFileNameWithoutExtension(f)!)];

    /// <summary>Reads every preset of the folder.</summary>
    public IReadOnlyList<PresetListing> ReadAll() =>
        [.. ListFiles().Select(file => new PresetListing(Path.GetFileNameWithoutExtension(file), file, ReadFile(file, Path.GetFileName(file))))];

    /// <summary>
    /// Finds a preset. After a broken save, or while an editor is about to write the file anew, it is the last good version, and
    /// the diagnostics say so.
    /// </summary>
    /// <param name="idOrPath">The id of a preset in the folder, or the path of any preset file, relative to the current directory.</param>
    /// <returns>The preset, or null with the reason among the diagnostics.</returns>
    public PresetReading Find(string idOrPath)
    {
        if (PresetFile.IsPath(idOrPath))
            return ReadFile(idOrPath, idOrPath);
        // Names are compared by letter, so that a preset is not found on one system and missing on the next.
        string? file = ListFiles().Find(f => Path.GetFileNameWithoutExtension(f.AsSpan()).SequenceEqual(idOrPath));
        file ??= Path.Combine(Folder, idOrPath + PresetFile.Extension) is var gone && _entries.ContainsKey(gone) ? gone : null;
        return file is not null
            ? ReadFile(file, Path.GetFileName(file))
            : Unknown(idOrPath);
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

    private List<string> ListFiles()
    {
        List<string> files = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles(Folder))
            {
                if (file.EndsWith(PresetFile.Extension, StringComparison.Ordinal)
                    && !Path.GetFileName(file.AsSpan()).Equals(HostSettingsReader.FileName, StringComparison.OrdinalIgnoreCase))
                {
                    files.Add(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private PresetReading ReadFile(string path, string shownName)
    {
        _entries.TryGetValue(path, out Entry? known);
        FileStamp? stamp = PresetFile.StampOf(path);
        if (known is { IsSettled: true } && stamp == known.Stamp)
            return known.Reading;
        bool isSettled = stamp is { } s && _clock.GetUtcNow().UtcTicks - s.Written > StampStep.Ticks;
        if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
            return known is null ? Unreadable(path, shownName, reason) : WithLastGood(Unreadable(path, shownName, reason), known.LastGood, shownName);
        if (known is not null && bytes.AsSpan().SequenceEqual(known.Bytes))
        {
            _entries[path] = known with { Stamp = stamp, IsSettled = isSettled };
            return known.Reading;
        }

        PresetReading fresh = PresetReader.Read(bytes, shownName, catalogue);
        if (fresh.Preset is { } preset)
            fresh = fresh with { Preset = preset with { File = Path.GetFullPath(path) } };
        Preset? lastGood = fresh.Preset ?? known?.LastGood;
        PresetReading reading = fresh.Preset is null ? WithLastGood(fresh, lastGood, shownName) : fresh;
        _entries[path] = new Entry(bytes, stamp, isSettled, reading, lastGood);
        return reading;
    }

    private static PresetReading WithLastGood(PresetReading broken, Preset? lastGood, string shownName)
    {
        if (lastGood is null)
            return broken;
        var note = new PresetDiagnostic(
            DiagnosticSeverity.Warning, shownName, 0, 0, 0, "The last good version of this preset stays in use.", "Correct the file; it is read again when the preset is next used.", null);
        return new PresetReading(lastGood, [.. broken.Diagnostics, note]);
    }

    private PresetReading Unreadable(string path, string shownName, string reason)
    {
        string fix = File.Exists(path) ? "Let this user read it." : _entries.ContainsKey(path) ? "Put it back." : "Check the path, or give the id of a preset instead.";
        string message = File.Exists(path) || Directory.Exists(path) ? $"The preset could not be read. {reason}" : "There is no such file.";
        return new PresetReading(null, [new PresetDiagnostic(DiagnosticSeverity.Error, shownName, 0, 0, 0, message, fix, null)]);
    }

    private PresetReading Unknown(string id)
    {
        IReadOnlyList<string> ids = ListIds();
        string otherExtension = Path.Combine(Folder, id + ".yml");
        string fix = File.Exists(otherExtension) ? $"Rename {id}.yml there to {id}.yaml."
            : ids.Count > 0 ? Complaint.FixFor(NearestName.Find(id, ids), "There are", ids)
            : "Name the folder of presets, or the path of a file.";
        string shown = Complaint.Quote(id);
        return new PresetReading(null, [new PresetDiagnostic(DiagnosticSeverity.Error, Folder, 0, 0, 0, $"There is no preset {shown} here.", fix, null)]);
    }

    /// <summary>What is known of one file.</summary>
    /// <param name="Bytes">Its content.</param>
    /// <param name="Stamp">Its stamp from before it was read.</param>
    /// <param name="IsSettled">Whether the file was old enough when read for the stamp to show the next change.</param>
    /// <param name="Reading">What callers get.</param>
    /// <param name="LastGood">The last version without errors.</param>
    private sealed record Entry(byte[] Bytes, FileStamp? Stamp, bool IsSettled, PresetReading Reading, Preset? LastGood);
}
