using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// A folder of presets: each <c>*.yaml</c> but host.yaml. A preset is read when it is first asked for, and again when its
/// text, or a parent's, has changed by the time it is asked for. What it hands out is immutable. Any thread; never the audio thread,
/// as it reads files.
/// </summary>
public sealed class PresetLibrary
{
    private readonly IEffectCatalogue _catalogue;
    private readonly PresetFileCache _texts;
    private readonly PresetChooser _chooser;
    private readonly DefaultPreset _default;
    private readonly TimeProvider _clock;
    private readonly string _parents;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Opens a folder. Nothing is read yet.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="catalogue">The effects to check against.</param>
    /// <param name="clock">The clock that files' times are compared with; the system's when left out.</param>
    /// <param name="quiet">
    /// How long nobody must have written to a file before a new text of it is believed: whoever asks meanwhile waits, 200 ms at most. Nothing,
    /// when left out, believes what is there, be it half of what is to come.
    /// </param>
    public PresetLibrary(string folder, IEffectCatalogue catalogue, TimeProvider? clock = null, TimeSpan quiet = default)
        : this(folder, folder, catalogue, clock ?? TimeProvider.System, quiet)
    {
    }

    private PresetLibrary(string folder, string parents, IEffectCatalogue catalogue, TimeProvider clock, TimeSpan quiet)
    {
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _parents = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parents));
        _catalogue = catalogue;
        _clock = clock;
        _texts = new PresetFileCache(clock, quiet);
        _chooser = new PresetChooser(_texts.Folder(Folder), RulesOf, file => ReadFile(file, Path.GetFileName(file)), clock);
        _default = new DefaultPreset(Find, catalogue);
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>The presets of another folder, which may extend those of this one.</summary>
    internal PresetLibrary Of(string folder, IEffectCatalogue catalogue) =>
        new(folder, Folder, catalogue, _clock, TimeSpan.Zero);

    /// <summary>The ids of all presets in the folder, sorted, whether or not they can be used. Reads the folder, not the files.</summary>
    public IReadOnlyList<string> ListIds() => [.. _texts.Folder(Folder).List().Presets.Select(preset => preset.Id)];

    /// <summary>The files of all presets in the folder, sorted by id. Reads the folder, not the files.</summary>
    public IReadOnlyList<string> ListFiles() => [.. _texts.Folder(Folder).List().Presets.Select(preset => preset.File)];

    /// <summary>Reads every preset of the folder.</summary>
    public IReadOnlyList<PresetListing> ReadAll() =>
        [.. _texts.Folder(Folder).List().Presets.Select(preset => new PresetListing(preset.Id, preset.File, ReadFile(preset.File, Path.GetFileName(preset.File))))];

    /// <summary>
    /// Finds a preset. After a broken save, or while an editor is about to write the file anew, it is the last good version, and
    /// the diagnostics say so.
    /// </summary>
    /// <param name="idOrPath">The id of a preset in the folder, or the path of any preset file, relative to the current directory; its
    /// parents are looked for in the folder of that file, then in this one.</param>
    /// <returns>The preset, or null with the reason among the diagnostics.</returns>
    public PresetReading Find(string idOrPath)
    {
        if (PresetFile.IsPath(idOrPath))
            return ReadFile(idOrPath, idOrPath);
        string? file = _texts.FileOf(Folder, idOrPath);
        if (file is not null)
            return ReadFile(file, Path.GetFileName(file));
        Diagnostic unknown = LibraryDiagnostics.Unknown(idOrPath, "here", [_texts.Folder(Folder)]);
        return new PresetReading(null, [LibraryDiagnostics.WithoutLine(DiagnosticSeverity.Error, Folder, unknown)]);
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
        DiagnosticBag? more = _texts.Read(isPath ? idOrPath : preset.File, isPath ? idOrPath : Path.GetFileName(preset.File)).Written?.Collect();
        if (more is null)
            return reading;
        LimiterChecker.Check(preset, more);
        LatencyChecker.Check(preset, more);
        return reading with { Diagnostics = [.. reading.Diagnostics.Concat(more.ToList()).OrderBy(d => d.Line).ThenBy(d => d.Column)] };
    }

    /// <summary>
    /// Chooses a line's preset: the one that was asked for by name; else the one whose <c>use-when</c> matches with the most conditions, then
    /// the highest <c>priority</c>, then the first by id; else the default. One that cannot be used is passed over; in
    /// place of such a default comes the one before it, else the built-in chain. A saved <c>use-when</c> counts within
    /// 200 ms.
    /// </summary>
    /// <param name="asked">The id or path that was asked for; null leaves the choice to the presets.</param>
    /// <param name="line">What is known of the line.</param>
    /// <param name="defaultId">The preset when nothing matches.</param>
    public PresetChoice Choose(string? asked, LineTraits line, string defaultId) => Decide(asked, _chooser.Begin(line), defaultId);

    /// <summary>Says which preset was the default when the host began.</summary>
    internal void RememberDefault(string id) => _default.Remember(id);

    /// <summary>Chooses alike, and says of every preset of the folder how it fared.</summary>
    /// <inheritdoc cref="Choose"/>
    public ChoiceExplanation Explain(string? asked, LineTraits line, string defaultId)
    {
        ChoiceRun run = _chooser.Begin(line);
        PresetChoice choice = Decide(asked, run, defaultId);
        return new ChoiceExplanation(choice, run.Explain(choice, asked, defaultId));
    }

    /// <summary>Reads a text as if it were a file of the folder, its parents being the folder's. Nothing of it is kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name; without its ending it is the preset's id.</param>
    public PresetReading Read(string text, string fileName)
    {
        var source = new SourceText(fileName, text);
        var written = WrittenPreset.Of(source, new DiagnosticBag(source));
        return PresetBuilder.Build(written, _catalogue, () => ParentOf(written, Path.Combine(Folder, Path.GetFileName(fileName)), fileName));
    }

    private PresetChoice Decide(string? asked, ChoiceRun run, string defaultId)
    {
        if (asked is not null)
        {
            PresetReading reading = Find(asked);
            if (reading.Preset is { } preset)
                return new PresetChoice(preset, $"\"{asked}\" was asked for by name.", reading.Diagnostics, []);
            FoundDefault instead = _default.Find(defaultId);
            bool isKnown = instead.Instead is null || asked == defaultId;
            IReadOnlyList<PresetDiagnostic> besides = isKnown ? [] : instead.Diagnostics;
            string why = $"\"{asked}\" was asked for by name and cannot be used.";
            return new PresetChoice(instead.Preset, why, reading.Diagnostics, besides, IsFallback: true)
            {
                Instead = instead.Instead,
            };
        }

        if (run.Choose() is { } choice)
            return choice with { Unheard = run.Unheard() };
        FoundDefault usual = _default.Find(defaultId);
        string reason = $"No use-when matched, and \"{defaultId}\" is the default.";
        return new PresetChoice(usual.Preset, usual.Instead ?? reason, usual.Diagnostics, run.PassedOver)
        {
            Instead = usual.Instead,
            Unheard = run.Unheard(),
        };
    }

    private PresetReading ReadFile(string path, string shownName)
    {
        _entries.TryGetValue(path, out Entry? known);
        PresetText text = _texts.Read(path, shownName);
        if (text.Written is not { } written)
        {
            PresetReading unreadable = LibraryDiagnostics.Unreadable(path, shownName, text.WhyNot, known is not null || text.Before is not null);
            return LibraryDiagnostics.WithLastGood(unreadable, known?.LastGood ?? Build(text.Before, path, shownName), shownName);
        }

        FoundParent parent = written.HasParent ? ParentOf(written, path, shownName) : default;
        if (known is not null && ReferenceEquals(known.Written, written) && known.Parent == parent)
            return known.Reading;
        PresetReading fresh = PresetBuilder.Build(written, _catalogue, () => parent);
        if (fresh.Preset is { } preset)
            fresh = fresh with { Preset = preset with { File = Path.GetFullPath(path) } };
        Preset? lastGood = fresh.Preset ?? known?.LastGood ?? Build(text.Before, path, shownName);
        PresetReading reading = fresh.Preset is null ? LibraryDiagnostics.WithLastGood(fresh, lastGood, shownName) : fresh;
        _entries[path] = new Entry(written, parent, reading, lastGood);
        return reading;
    }

    // A text that was read for its use-when, and not built before the next one came.
    private Preset? Build(WrittenPreset? before, string path, string shownName) =>
        before is null ? null : PresetBuilder.Build(before, _catalogue, () => ParentOf(before, path, shownName)).Preset is { } preset ? preset with { File = Path.GetFullPath(path) } : null;

    // What a file competes with: what it says now, or said when it could last be used.
    private ChoiceRules? RulesOf(ListedPreset listed)
    {
        string name = Path.GetFileName(listed.File);
        PresetText text = _texts.Read(listed.File, name, listed.Stamp);
        // Whether an edit of one that was spoken with is sound, effects included, only building it tells; of the others, their text.
        Preset? built = _entries.ContainsKey(listed.File) ? ReadFile(listed.File, name).Preset : null;
        return built?.Rules ?? text.Written?.Rules ?? text.Before?.Rules;
    }

    private FoundParent ParentOf(WrittenPreset child, string path, string shownName)
    {
        var ancestry = Ancestry.Of(
            child, Path.GetFullPath(path), (member, from) =>
                ParentFile(member.Extends!.Text, from, member.File) is { } file
                && _texts.Read(file.Path, file.Shown).Written is { } read
                    ? (read, Path.GetFullPath(file.Path))
                    : null);
        if (ancestry.Diagnostic is { } diagnostic)
            return new FoundParent(null, diagnostic, QuotesPlace: ancestry.IsCircle);
        string id = child.Extends!.Text;
        if (ParentFile(id, path, shownName) is not { } parentFile)
            return new FoundParent(null, NoParent(id, HomeOf(path), child.Id));
        PresetReading parent = ReadFile(parentFile.Path, parentFile.Shown);
        PresetDiagnostic? first = parent.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        return new FoundParent(parent.Preset, first is null ? null : LibraryDiagnostics.BrokenParent(id, first, parent.Preset is not null));
    }

    // Beside the file, then in the folder. A file elsewhere that has its parent's name extends the folder's.
    private (string Path, string Shown)? ParentFile(string id, string path, string shownName)
    {
        string home = HomeOf(path);
        bool isElsewhere = Path.GetFullPath(home) != _parents;
        string? beside = _texts.FileOf(home, id);
        bool isItself = beside is not null && Path.GetFullPath(beside) == Path.GetFullPath(path);
        if (beside is not null && !(isElsewhere && isItself))
            return (beside, Path.Combine(Path.GetDirectoryName(shownName) ?? "", Path.GetFileName(beside)));
        return isElsewhere && _texts.FileOf(_parents, id) is { } file ? (file, Path.GetFileName(file)) : null;
    }

    private Diagnostic NoParent(string id, string home, string childId)
    {
        if (Path.GetFullPath(home) == _parents)
            return LibraryDiagnostics.Unknown(id, "in this folder", [_texts.Folder(home)], childId);
        PresetFolder[] both = [_texts.Folder(home), _texts.Folder(_parents)];
        return LibraryDiagnostics.Unknown(id, $"beside this file or in {_parents}", both, childId);
    }

    private static string HomeOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    /// <summary>What is known of one file.</summary>
    /// <param name="Written">Its text.</param>
    /// <param name="Parent">The parent it was built on.</param>
    /// <param name="Reading">What callers get.</param>
    /// <param name="LastGood">The last version without errors.</param>
    private sealed record Entry(WrittenPreset Written, FoundParent Parent, PresetReading Reading, Preset? LastGood);
}
