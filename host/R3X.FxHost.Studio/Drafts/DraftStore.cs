using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>
/// The presets that are being edited, each once for all pages, and the folder they are in. Twice a second it looks
/// whether files were saved elsewhere. A draft that no page shows is forgotten unless it is changed. Any thread.
/// </summary>
public sealed class DraftStore : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private readonly PresetLibrary _presets;
    private readonly Dictionary<string, Shown> _drafts = [];
    private readonly Stack<(PresetTextFile File, Draft? Draft)> _deleted = new();
    private readonly ITimer _timer;
    private IReadOnlyList<PresetListing> _listed = [];
    private int _isLooking;

    /// <summary>Nothing is open yet.</summary>
    /// <param name="host">Whose presets.</param>
    /// <param name="clock">When to look at files.</param>
    public DraftStore(FxHost host, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(clock);
        _presets = host.Presets;
        _timer = clock.CreateTimer(_ => LookAgain(), null, Period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Presets of the folder came or went or read otherwise, or a draft is changed that was not, or is not any
    /// more. Any thread.</summary>
    public event Action? Changed;

    /// <summary>Whether a preset was deleted that can be had again.</summary>
    public bool CanUndelete
    {
        get
        {
            lock (_gate)
                return _deleted.Count > 0;
        }
    }

    /// <summary>The preset that was deleted last and can be had again, or null.</summary>
    public string? LastDeleted
    {
        get
        {
            lock (_gate)
            {
                return _deleted.TryPeek(out (PresetTextFile File, Draft? Draft) last)
                    ? Path.GetFileNameWithoutExtension(last.File.File) : null;
            }
        }
    }

    /// <summary>Opens a preset for a page, or returns it as it is being edited. Each <see cref="Open"/> ends with a
    /// <see cref="Close"/>.</summary>
    /// <param name="id">The id of a preset of the folder.</param>
    /// <returns>Null where there is none.</returns>
    public Draft? Open(string id)
    {
        lock (_gate)
        {
            if (_drafts.TryGetValue(id, out Shown? known))
            {
                known.Pages++;
                return known.Draft;
            }

            int at = _presets.ListIds().ToList().IndexOf(id);
            if (at < 0)
                return null;
            var draft = new Draft(_presets, id, _presets.ListFiles()[at]);
            Keep(draft, pages: 1);
            return draft;
        }
    }

    /// <summary>A page does not show a draft any more.</summary>
    /// <param name="draft">From <see cref="Open"/>.</param>
    public void Close(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        lock (_gate)
        {
            if (_drafts.TryGetValue(draft.Id, out Shown? known) && known.Draft == draft && --known.Pages == 0
                && !draft.IsChanged)
                Forget(known);
        }
    }

    /// <summary>A preset as it is being edited; null where it is not.</summary>
    /// <param name="id">The preset.</param>
    public Draft? Find(string id)
    {
        lock (_gate)
            return _drafts.GetValueOrDefault(id)?.Draft;
    }

    /// <summary>Begins a preset that extends another.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="parentId">The other.</param>
    public DraftEdit New(string id, string parentId) => Do(() => NewPreset.Create(_presets, id, parentId));

    /// <summary>Gives a preset another id; its draft goes on under it.</summary>
    /// <param name="id">The preset.</param>
    /// <param name="newId">Its new id.</param>
    /// <param name="changesNamers">Whether presets that extend it, and host.yaml, are changed as well; otherwise it is
    /// refused where there are some (<see cref="NamersOf"/>).</param>
    public DraftEdit Rename(string id, string newId, bool changesNamers = false) => Do(() =>
    {
        NewPreset renamed = PresetFiles.Rename(_presets, id, newId, changesNamers);
        if (renamed.File is { } file && _drafts.Remove(id, out Shown? shown))
        {
            shown.Draft.Rename(newId, file);
            _drafts[newId] = shown;
        }

        return renamed;
    });

    /// <summary>The files that name a preset, without their folder.</summary>
    /// <param name="id">The preset.</param>
    public IReadOnlyList<string> NamersOf(string id) =>
        [.. PresetFiles.NamersOf(_presets, id).Select(file => Path.GetFileName(file))];

    /// <summary>Deletes a preset, which can be had again with <see cref="Undelete"/> while the program runs. It is
    /// refused where another file names it.</summary>
    /// <param name="id">The preset.</param>
    public DraftEdit Delete(string id) => Do(() =>
    {
        NewPreset gone = PresetFiles.Delete(_presets, id, out PresetTextFile? deleted);
        if (deleted is not null)
            _deleted.Push((deleted, _drafts.GetValueOrDefault(id)?.Draft));
        return gone;
    });

    /// <summary>Brings the preset back that was deleted last, and what was changed of it and not saved.</summary>
    /// <returns>Its id; null where there is none, or it cannot be written.</returns>
    public string? Undelete()
    {
        string? id = null;
        Do(() =>
        {
            if (!_deleted.TryPeek(out (PresetTextFile File, Draft? Draft) last))
                return new NewPreset(null, []);
            last.File.Restore();
            _deleted.Pop();
            id = Path.GetFileNameWithoutExtension(last.File.File);
            if (last.Draft is { IsChanged: true } draft && !_drafts.ContainsKey(id))
                Keep(draft, pages: 0);
            return new NewPreset(last.File.File, []);
        });
        return id;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void LookAgain()
    {
        Look();
        _timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at the folder and at the files of all drafts.</summary>
    internal void Look()
    {
        // Whoever edits the folder has it looked at, too.
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
            return;
        try
        {
            Shown[] drafts;
            lock (_gate)
                drafts = [.. _drafts.Values];
            if (drafts.Length == 0 && Changed is null)
                return;
            foreach (Shown shown in drafts)
                shown.Draft.Look();
            IReadOnlyList<PresetListing> listed = _presets.ReadAll();
            if (IsSame(Interlocked.Exchange(ref _listed, listed), listed))
                return;
            foreach (Shown shown in drafts)
                shown.Draft.ReadAgain();
            Changed?.Invoke();
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private static bool IsSame(IReadOnlyList<PresetListing> before, IReadOnlyList<PresetListing> now) =>
        before.Count == now.Count && before.Zip(now).All(pair => pair.First.Id == pair.Second.Id
            && ReferenceEquals(pair.First.Reading.Preset, pair.Second.Reading.Preset)
            && pair.First.Reading.Diagnostics.SequenceEqual(pair.Second.Reading.Diagnostics));

    private DraftEdit Do(Func<NewPreset> edit)
    {
        NewPreset done;
        lock (_gate)
        {
            try
            {
                done = edit();
            }
            catch (IOException e)
            {
                return DraftEdit.Refused(_presets.Folder, e.Message, "Make the folder writable, and try again.");
            }
        }

        Look();
        Changed?.Invoke();
        return new DraftEdit(done.File is not null, done.Diagnostics);
    }

    private void Keep(Draft draft, int pages)
    {
        var shown = new Shown(draft) { Pages = pages, WasChanged = draft.IsChanged };
        shown.Heard = () => Hear(shown);
        draft.Changed += shown.Heard;
        _drafts[draft.Id] = shown;
    }

    private void Forget(Shown shown)
    {
        shown.Draft.Changed -= shown.Heard;
        _drafts.Remove(shown.Draft.Id);
    }

    private void Hear(Shown shown)
    {
        lock (_gate)
        {
            if (shown.WasChanged == shown.Draft.IsChanged)
                return;
            shown.WasChanged = shown.Draft.IsChanged;
            if (shown is { Pages: 0, WasChanged: false })
                Forget(shown);
        }

        Changed?.Invoke();
    }

    private sealed class Shown(Draft draft)
    {
        public Draft Draft { get; } = draft;

        public Action? Heard { get; set; }

        public int Pages { get; set; }

        public bool WasChanged { get; set; }
    }
}
