using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// A folder of presets: each <c>*.yaml</c> but host.yaml. A preset is read when it is first asked for, and again when
/// its text, or a parent's, has changed by the time it is asked for. What it hands out is immutable. Any thread; never
/// the audio thread, as it reads files.
/// </summary>
public sealed class PresetLibrary
{
    private readonly PresetStore _store;
    private readonly IEffectCatalogue _catalogue;
    private readonly DefaultPreset _default;

    /// <summary>Opens a folder. Nothing is read yet.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="catalogue">The effects to check against.</param>
    public PresetLibrary(string folder, IEffectCatalogue catalogue)
        : this(new PresetStore(folder, TimeProvider.System, quiet: TimeSpan.Zero), catalogue)
    {
    }

    internal PresetLibrary(PresetStore store, IEffectCatalogue catalogue)
    {
        _store = store;
        _catalogue = catalogue;
        _default = new DefaultPreset(this);
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder => _store.Folder;

    /// <summary>The effects that presets are checked against.</summary>
    internal IEffectCatalogue Effects => _catalogue;

    /// <summary>The ids of all presets in the folder, sorted, whether or not they can be used. Reads the folder, not
    /// the files.</summary>
    public IReadOnlyList<string> ListIds() => _store.List().ConvertAll(preset => preset.Id);

    /// <summary>The files of all presets in the folder, sorted by id. Reads the folder, not the files.</summary>
    public IReadOnlyList<string> ListFiles() => _store.List().ConvertAll(preset => preset.File);

    /// <summary>Reads every preset of the folder.</summary>
    public IReadOnlyList<PresetListing> ReadAll() =>
        _store.List().ConvertAll(
            preset => new PresetListing(preset.Id, preset.File, ReadFile(preset.File, Path.GetFileName(preset.File))));

    /// <summary>
    /// Finds a preset. After a broken save, or while an editor is about to write the file anew, it is the last good
    /// version, and the diagnostics say so.
    /// </summary>
    /// <param name="idOrPath">
    /// The id of a preset in the folder, or the path of any preset file, relative to the current directory; its parents
    /// are looked for in the folder of that file, then in this one.
    /// </param>
    /// <returns>The preset, or null with the reason among the diagnostics.</returns>
    public PresetReading Find(string idOrPath)
    {
        if (PresetFile.IsPath(idOrPath))
            return ReadFile(idOrPath, idOrPath);
        if (_store.FileOf(Folder, idOrPath) is { } file)
            return ReadFile(file, Path.GetFileName(file));
        Diagnostic unknown = LibraryDiagnostics.Unknown(idOrPath, "here", [Folder]);
        return new PresetReading(null, [LibraryDiagnostics.WithoutLine(DiagnosticSeverity.Error, Folder, unknown)]);
    }

    /// <summary>
    /// Finds a preset, and says besides what no line is told of: that its chain has no limiter, and, as only a prepared
    /// chain shows, that it delays the voice by more than 20 ms at 44.1 kHz. Slower than <see cref="Find"/>.
    /// </summary>
    /// <param name="idOrPath">The id or path.</param>
    public PresetReading Check(string idOrPath)
    {
        PresetReading reading = Find(idOrPath);
        if (reading.Preset is not { } preset || reading.HasErrors)
            return reading;
        bool isPath = PresetFile.IsPath(idOrPath);
        DiagnosticBag? more = _store.Read(isPath ? idOrPath : preset.File,
            isPath ? idOrPath : Path.GetFileName(preset.File)).Written?.Collect();
        if (more is null)
            return reading;
        ChainWarnings.Check(preset, more);
        return reading with { Diagnostics =
            [.. reading.Diagnostics.Concat(more.ToList()).OrderBy(d => d.Line).ThenBy(d => d.Column)] };
    }

    /// <summary>
    /// Chooses a line's preset: the one that was asked for by name; else the one whose <c>use-when</c> matches with the
    /// most conditions, then the highest <c>priority</c>, then the first by id; else the default. One that cannot be
    /// used is passed over; in place of such a default comes the one before it, else the built-in chain. A saved
    /// <c>use-when</c> counts with the next line.
    /// </summary>
    /// <param name="asked">The id or path that was asked for; null leaves the choice to the presets.</param>
    /// <param name="line">What is known of the line.</param>
    /// <param name="defaultId">The preset when nothing matches.</param>
    public PresetChoice Choose(string? asked, LineTraits line, string defaultId) =>
        Decide(asked, Begin(line), defaultId);

    /// <summary>Builds again, with the effects there are now, what was built before: the next line need not, and
    /// nothing holds on to what was replaced.</summary>
    internal void EffectsChanged()
    {
        _default.EffectsChanged();
        foreach ((string path, string shownName) in _store.ListBuilt())
            ReadFile(path, shownName);
    }

    /// <summary>Says which preset was the default when the host began.</summary>
    internal void RememberDefault(string id) => _default.Remember(id);

    /// <summary>Chooses alike, and says of every preset of the folder how it fared.</summary>
    /// <inheritdoc cref="Choose"/>
    public ChoiceExplanation Explain(string? asked, LineTraits line, string defaultId)
    {
        ChoiceRun run = Begin(line);
        PresetChoice choice = Decide(asked, run, defaultId);
        return new ChoiceExplanation(choice, run.Explain(choice, asked, defaultId));
    }

    /// <summary>Reads a text as if it were a file of the folder, its parents being the folder's. Nothing of it is
    /// kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name; without its ending it is the preset's id.</param>
    public PresetReading Read(string text, string fileName) =>
        Read(text, Path.Combine(Folder, Path.GetFileName(fileName)), fileName);

    /// <summary>Reads a text as if it stood in a file, whose parents are looked for beside it and then in this
    /// folder.</summary>
    internal PresetReading Read(string text, string path, string shownName)
    {
        var source = new SourceText(shownName, text);
        return Build(WrittenPreset.Of(source, new DiagnosticBag(source)), path, shownName, shownName);
    }

    private PresetChoice Decide(string? asked, ChoiceRun run, string defaultId)
    {
        if (asked is not null)
        {
            PresetReading reading = Find(asked);
            if (reading.Preset is { } preset)
                return new PresetChoice(preset, $"\"{asked}\" was asked for by name.", reading.Diagnostics, []);
            PresetChoice instead = _default.Choose(defaultId);
            bool isKnown = instead.Instead is null || asked == defaultId;
            return instead with
            {
                Reason = $"\"{asked}\" was asked for by name and cannot be used.",
                Diagnostics = reading.Diagnostics,
                PassedOver = isKnown ? [] : instead.Diagnostics,
                IsFallback = true,
            };
        }

        PresetChoice choice = run.Choose() ?? _default.Choose(defaultId) with { PassedOver = run.PassedOver };
        return choice with { Unheard = run.Unheard() };
    }

    // Where nobody has to choose, no file is read.
    private ChoiceRun Begin(LineTraits line) => new(
        new MatchedLine(line),
        () => _store.ListWithVanished().Select(preset => new Contender(preset.Id, preset.File, RulesOf(preset))),
        file => ReadFile(file, Path.GetFileName(file)));

    private PresetReading ReadFile(string path, string shownName)
    {
        StoredPreset stored = _store.Read(path, shownName);
        IEffectCatalogue effects = _catalogue.Snapshot;
        BuiltPreset? known = stored.Built;
        // A text that was read for its use-when, and not built before the next one came; or that was built with other
        // effects.
        WrittenPreset? goodText = known?.LastGoodText ?? stored.Before;
        Preset? LastGood() => known?.LastGood is { } good && known.Effects == effects ? good
            : goodText is { } before ? Build(before, path, shownName, Path.GetFullPath(path)).Preset : null;

        if (stored.Written is not { } written)
        {
            PresetReading unreadable = LibraryDiagnostics.Unreadable(
                path, shownName, stored.File.WhyNot, known is not null || stored.Before is not null);
            return LibraryDiagnostics.WithLastGood(unreadable, LastGood(), shownName);
        }

        FoundParent parent = written.HasParent ? ParentOf(written, path, shownName) : default;
        if (known is not null && ReferenceEquals(known.Written, written) && known.Parent == parent
            && known.Effects == effects)
            return known.Reading;
        PresetReading reading = PresetBuilder.Build(written, effects, Path.GetFullPath(path), () => parent);
        Preset? lastGood = reading.Preset ?? LastGood();
        WrittenPreset? lastGoodText = reading.Preset is null ? goodText : written;
        if (reading.Preset is null)
            reading = LibraryDiagnostics.WithLastGood(reading, lastGood, shownName);
        _store.Keep(path, new BuiltPreset(written, parent, effects, reading, lastGood, lastGoodText));
        return reading;
    }

    private PresetReading Build(WrittenPreset written, string path, string shownName, string file) =>
        PresetBuilder.Build(written, _catalogue.Snapshot, file, () => ParentOf(written, path, shownName));

    // What a file competes with: what it says now, or said when it could last be used.
    private ChoiceRules? RulesOf(ListedPreset listed)
    {
        StoredPreset stored = _store.Read(listed);
        // Whether an edit of one that was spoken with is sound, effects included, only building it tells; of the
        // others, their text.
        Preset? built = stored.Built is null ? null : ReadFile(listed.File, Path.GetFileName(listed.File)).Preset;
        return built?.Rules ?? stored.Written?.Rules ?? stored.Before?.Rules;
    }

    private FoundParent ParentOf(WrittenPreset child, string path, string shownName)
    {
        FoundParent? mistake = Ancestry.Mistake(
            child, Path.GetFullPath(path), (member, from) =>
                ParentFile(member.Extends!.Text, from, member.File) is { } file
                && _store.Read(file.Path, file.Shown).Written is { } read
                    ? (read, Path.GetFullPath(file.Path))
                    : null);
        if (mistake is { } wrong)
            return wrong;
        string id = child.Extends!.Text;
        if (ParentFile(id, path, shownName) is not { } parentFile)
            return new FoundParent(null, NoParent(id, HomeOf(path), child.Id));
        PresetReading parent = ReadFile(parentFile.Path, parentFile.Shown);
        PresetDiagnostic? first = parent.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        return new FoundParent(parent.Preset, first is null
            ? null : LibraryDiagnostics.BrokenParent(id, first, parent.Preset is not null));
    }

    // Beside the file, then in the folder. A file elsewhere that has its parent's name extends the folder's.
    private (string Path, string Shown)? ParentFile(string id, string path, string shownName)
    {
        string home = HomeOf(path);
        bool isElsewhere = Path.GetFullPath(home) != Folder;
        string? beside = _store.FileOf(home, id);
        bool isItself = beside is not null && Path.GetFullPath(beside) == Path.GetFullPath(path);
        if (beside is not null && !(isElsewhere && isItself))
            return (beside, Path.Combine(Path.GetDirectoryName(shownName) ?? "", Path.GetFileName(beside)));
        return isElsewhere && _store.FileOf(Folder, id) is { } file ? (file, Path.GetFileName(file)) : null;
    }

    private Diagnostic NoParent(string id, string home, string childId)
    {
        if (Path.GetFullPath(home) == Folder)
            return LibraryDiagnostics.Unknown(id, "in this folder", [home], childId);
        string[] both = [home, Folder];
        return LibraryDiagnostics.Unknown(id, $"beside this file or in {Folder}", both, childId);
    }

    private static string HomeOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";
}
