using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Presets;

/// <summary>
/// The files of presets as they were last read. A file is read again when its text has changed by the time it is asked for.
/// Any thread; reads files.
/// </summary>
internal sealed class PresetTexts(TimeProvider clock)
{
    // Some file systems keep times in steps of two seconds: within that a file may change again and look the same.
    private static readonly TimeSpan StampStep = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<string, PresetText> _texts = new(StringComparer.Ordinal);

    /// <summary>Whether a file was read before.</summary>
    public bool Knows(string path) => _texts.ContainsKey(path);

    /// <summary>Reads a file if that is necessary.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownName">What messages call it.</param>
    /// <returns>The text: the same object as long as the file does not change.</returns>
    public PresetText Read(string path, string shownName) => Read(path, shownName, PresetFile.StampOf(path));

    /// <inheritdoc cref="Read(string, string)"/>
    /// <param name="path">The file.</param>
    /// <param name="shownName">What messages call it.</param>
    /// <param name="stamp">The file's stamp of just now; null when there is no file.</param>
    public PresetText Read(string path, string shownName, FileStamp? stamp)
    {
        _texts.TryGetValue(path, out PresetText? known);
        if (known is { IsSettled: true } && stamp == known.Stamp)
            return known;
        bool isSettled = stamp is { } s && clock.GetUtcNow().UtcTicks - s.Written > StampStep.Ticks;
        PresetText fresh;
        if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
            fresh = known?.WhyNot == reason && known.Stamp == stamp ? known : new PresetText(null, bytes, stamp, false, reason);
        else if (known?.Written is not null && bytes.AsSpan().SequenceEqual(known.Bytes))
            fresh = known.SeenAgain(stamp, isSettled);
        else
            fresh = new PresetText(WrittenPreset.Of(bytes, shownName), bytes, stamp, isSettled, "");
        return _texts[path] = fresh;
    }

    /// <summary>The presets of a folder, sorted: every <c>*.yaml</c> but host.yaml. Reads the folder, not the files.</summary>
    public static List<string> FilesIn(string folder)
    {
        List<string> files = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if (PresetFile.IsPreset(Path.GetFileName(file.AsSpan())))
                    files.Add(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>
    /// The file of a preset in a folder, or null. Names are compared by letter, so that a preset is not found on one system and
    /// missing on the next.
    /// </summary>
    public string? FileOf(string folder, string id)
    {
        string? file = FilesIn(folder).Find(f => Path.GetFileNameWithoutExtension(f.AsSpan()).SequenceEqual(id));
        return file ?? (Path.Combine(folder, id + PresetFile.Extension) is var gone && Knows(gone) ? gone : null);
    }
}
