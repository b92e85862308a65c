using System;
using System.Collections.Concurrent;
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
        bool isSettled = stamp is { } s && clock.GetUtcNow().UtcTicks - s.Written > StampStep.Ticks;
        PresetText fresh;
        WrittenPreset? before = known?.Written is { IsSound: true } ? known.Written : known?.Before;
        if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
            fresh = known?.WhyNot == reason && known.Stamp == stamp ? known : new PresetText(null, bytes, stamp, false, reason, before);
        else if (known?.Written is not null && bytes.AsSpan().SequenceEqual(known.Bytes))
            fresh = known.SeenAgain(stamp, isSettled);
        else
            fresh = new PresetText(WrittenPreset.Of(bytes, shownName), bytes, stamp, isSettled, "", before);
        return _texts[path] = fresh;
    }

    /// <summary>A folder of presets.</summary>
    public PresetFolder Folder(string folder) => _folders.GetOrAdd(folder, path => new PresetFolder(path, clock));

    /// <summary>The file of a preset in a folder, also of one that was read before and has gone; or null.</summary>
    public string? FileOf(string folder, string id) =>
        Folder(folder).FileOf(id) ?? (Path.Combine(folder, id + PresetFile.Extension) is var gone && _texts.ContainsKey(gone) ? gone : null);
}
