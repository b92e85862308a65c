using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// The presets of a folder, and its host.yaml, as they were last read: one immutable snapshot, replaced when a file is
/// found to have changed. Nothing watches the files; whoever asks for one has it looked at. Any thread; never the audio
/// thread, as it reads files.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
internal sealed class PresetStore(string folder, TimeProvider clock, TimeSpan quiet)
{
    private Snapshot _latest = new(ImmutableDictionary.Create<string, StoredPreset>(StringComparer.Ordinal), [], null);

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private Snapshot Latest => Volatile.Read(ref _latest);

    /// <summary>What host.yaml said at first; read when it was not yet.</summary>
    public HostSettingsReading InitialSettings => (Latest.Settings ?? ReadStored()).Initial;

    /// <summary>What host.yaml said when it was last asked; read when it was not yet.</summary>
    public HostSettingsReading LatestSettings => (Latest.Settings ?? ReadStored()).Reading;

    /// <summary>
    /// What host.yaml says now: the same object as long as its text does not change. After a broken save, or when the
    /// file is gone, the settings are the last good ones, and the diagnostics say so.
    /// </summary>
    public HostSettingsReading ReadSettings() => ReadStored().Reading;

    /// <summary>Reads a preset's file if that is necessary.</summary>
    public StoredPreset Read(string path, string shownName) => Read(path, shownName, PresetFile.StampOf(path));

    /// <summary>Reads the file of a preset that was just listed.</summary>
    public StoredPreset Read(ListedPreset listed) => Read(listed.File, Path.GetFileName(listed.File), listed.Stamp);

    /// <summary>Keeps what was built from a text, unless the file holds another by now.</summary>
    public void Keep(string path, BuiltPreset built) => ImmutableInterlocked.Update(ref _latest, latest =>
        latest.Presets.TryGetValue(path, out StoredPreset? stored) && ReferenceEquals(stored.Written, built.Written)
            ? latest with { Presets = latest.Presets.SetItem(path, stored with { Built = built }) }
            : latest);

    /// <summary>The paths of the presets that were built, and how messages name them.</summary>
    public IReadOnlyList<(string Path, string ShownName)> ListBuilt() =>
        [.. from preset in Latest.Presets
            where preset.Value.Built is not null
            select (preset.Key, preset.Value.Built!.Written.File)];

    /// <summary>The presets of the folder, sorted by file.</summary>
    public List<ListedPreset> List()
    {
        long now = clock.GetTimestamp();
        List<ListedPreset> listed = [];
        foreach (string file in PresetFile.In(Folder))
        {
            if (PresetFile.StampOf(file) is { } stamp)
                listed.Add(new ListedPreset(PresetFile.IdIn(file), file, stamp, now));
        }

        // Two files may have one name but for how its accents are stored; the first stands.
        return [.. listed.DistinctBy(preset => preset.Id)];
    }

    /// <summary>The presets of the folder, and those that were there just now: an editor may be about to create one
    /// anew.</summary>
    public IReadOnlyList<ListedPreset> ListWithVanished()
    {
        List<ListedPreset> listed = List();
        HashSet<string> ids = [.. listed.Select(preset => preset.Id)];
        listed.AddRange(Latest.Listed.Where(old =>
            !ids.Contains(old.Id) && clock.GetElapsedTime(old.SeenAt) < StableRead.Settling));
        ImmutableInterlocked.Update(ref _latest, latest => latest with { Listed = listed });
        return listed;
    }

    /// <summary>
    /// The file of a preset in a folder, also of one that was read before and has gone; or null. Names are compared by
    /// letter, so that a preset is not found on one system and missing on the next.
    /// </summary>
    public string? FileOf(string inFolder, string id)
    {
        string usual = Path.Combine(inFolder, id + PresetFile.Extension);
        bool isKnown = Latest.Presets.ContainsKey(usual);
        return isKnown && PresetFile.StampOf(usual) is not null ? usual
            : PresetFile.Find(inFolder, id) ?? (isKnown ? usual : null);
    }

    private StoredPreset Read(string path, string shownName, FileStamp? stamp)
    {
        StoredPreset? known = Latest.Presets.GetValueOrDefault(path);
        StableRead file = StableRead.Of(path, stamp, known?.File, clock, quiet);
        if (known is not null && ReferenceEquals(file, known.File))
            return known;
        StoredPreset fresh = known?.Written is not null && file.IsSameAs(known.File)
            ? known with { File = file }
            : new StoredPreset(
                file,
                file.WhyNot.Length > 0 ? null : WrittenPreset.Of(file.Bytes, shownName),
                known?.Written is { IsSound: true } ? known.Written : known?.Before,
                known?.Built);
        ImmutableInterlocked.Update(
            ref _latest, latest => latest with { Presets = latest.Presets.SetItem(path, fresh) });
        return fresh;
    }

    private StoredSettings ReadStored()
    {
        StoredSettings? known = Latest.Settings;
        string path = Path.Combine(Folder, HostSettingsReader.FileName);
        StableRead file = StableRead.Of(path, PresetFile.StampOf(path), known?.File, clock, quiet);
        if (known is not null && ReferenceEquals(file, known.File))
            return known;
        StoredSettings fresh = known is not null && file.IsSameAs(known.File)
            ? known with { File = file }
            : StoredSettings.Of(file, path, known);
        ImmutableInterlocked.Update(ref _latest, latest => latest with { Settings = fresh });
        return fresh;
    }

    private sealed record Snapshot(
        ImmutableDictionary<string, StoredPreset> Presets, IReadOnlyList<ListedPreset> Listed,
            StoredSettings? Settings);

    /// <summary>What is known of host.yaml.</summary>
    /// <param name="LastGood">What it said when it was last sound; at first, the defaults for what it did not say
    /// soundly.</param>
    /// <param name="Initial">What it said at first.</param>
    private sealed record StoredSettings(
        StableRead File, HostSettingsReading Reading, HostSettings LastGood, HostSettingsReading Initial)
    {
        public static StoredSettings Of(StableRead file, string path, StoredSettings? known)
        {
            HostSettingsReading reading = HostSettingsReader.Read(file, path, wasThere: known is not null);
            if (known is null)
                return new StoredSettings(file, reading, reading.Settings, reading);
            bool isGood = reading.Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
            return isGood
                ? new StoredSettings(file, reading, reading.Settings, known.Initial)
                : known with { File = file, Reading = HostSettingsReader.WithLastGood(reading, known.LastGood) };
        }
    }
}

/// <summary>A preset's file in a listing.</summary>
internal sealed record ListedPreset(string Id, string File, FileStamp Stamp, long SeenAt);

/// <summary>What is known of one preset's file. Immutable.</summary>
/// <param name="Written">What stands in it; null when it could not be read.</param>
/// <param name="Before">What stood in it when its text was last sound, before this; null when it never was.</param>
/// <param name="Built">What was built from it last, perhaps from an earlier text; null when nobody asked yet.</param>
internal sealed record StoredPreset(StableRead File, WrittenPreset? Written, WrittenPreset? Before, BuiltPreset? Built);

/// <summary>A preset as it was built from a text, with the effects of a moment. Immutable.</summary>
/// <param name="LastGood">The preset as it was built last without mistakes; null when it never was.</param>
/// <param name="LastGoodText">What that was built from.</param>
internal sealed record BuiltPreset(
    WrittenPreset Written, FoundParent Parent, IEffectCatalogue Effects, PresetReading Reading, Preset? LastGood,
    WrittenPreset? LastGoodText);
