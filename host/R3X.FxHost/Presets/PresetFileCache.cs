using System;
using System.Collections.Concurrent;
using System.IO;

namespace R3X.FxHost.Presets;

/// <summary>
/// The files of presets as they were last read. A file is read again when its text has changed by the time it is asked for.
/// Any thread; reads files.
/// </summary>
/// <param name="clock">The clock that files' times are compared with.</param>
/// <param name="quiet">How long nobody must have written for a new text to be believed.</param>
internal sealed class PresetFileCache(TimeProvider clock, TimeSpan quiet)
{
    // Some file systems keep times in steps of two seconds: within that a file may change again and look the same.
    private static readonly TimeSpan StampStep = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<string, PresetText> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PresetFolder> _folders = new(StringComparer.Ordinal);

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
        StableRead file = StableRead.Of(path, stamp, known?.Bytes, clock, quiet);
        // Somebody writes and writes: what was whole before is used on.
        if (!file.IsWhole && known?.Written is not null)
            return known;
        bool isSettled = file.IsWhole && IsSettled(file.Stamp, clock);
        PresetText fresh;
        WrittenPreset? before = known?.Written is { IsSound: true } ? known.Written : known?.Before;
        if (file.WhyNot.Length > 0)
            fresh = known?.WhyNot == file.WhyNot && known.Stamp == file.Stamp ? known : new PresetText(null, file.Bytes, file.Stamp, false, file.WhyNot, before);
        else if (known?.Written is not null && file.Bytes.AsSpan().SequenceEqual(known.Bytes))
            fresh = known.SeenAgain(file.Stamp, isSettled);
        else
            fresh = new PresetText(WrittenPreset.Of(file.Bytes, shownName), file.Bytes, file.Stamp, isSettled, "", before);
        return _texts[path] = fresh;
    }

    /// <summary>Whether a file is old enough for its stamp to show the next change.</summary>
    public static bool IsSettled(FileStamp? stamp, TimeProvider clock) => stamp is { } s && clock.GetUtcNow().UtcTicks - s.Written > StampStep.Ticks;

    /// <summary>A folder of presets.</summary>
    public PresetFolder Folder(string folder) => _folders.GetOrAdd(folder, path => new PresetFolder(path, clock));

    /// <summary>The file of a preset in a folder, also of one that was read before and has gone; or null.</summary>
    public string? FileOf(string folder, string id) =>
        Folder(folder).FileOf(id) ?? (Path.Combine(folder, id + PresetFile.Extension) is var gone && _texts.ContainsKey(gone) ? gone : null);
}
