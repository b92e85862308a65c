using System;
using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>
/// Brings a catalogue up to date with its folders, all or nothing for each effect: what is new is loaded beside what is
/// in use, made to sound, and only then takes its place. What cannot be used leaves the one before in place. One use,
/// one thread, off the audio path.
/// </summary>
internal sealed class PluginRenewal
{
    private readonly EffectCatalogue _catalogue;
    private readonly Func<string, bool> _isChanged;
    private readonly CatalogueSnapshot _before;
    private readonly PluginDiscovery _found;
    private readonly SortedDictionary<string, CatalogueEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<RefusedPlugin> _refused;
    private readonly Dictionary<string, RefusedPlugin> _notTakenUp = new(StringComparer.Ordinal);
    private readonly List<CatalogueEntry> _fresh = [];
    private readonly List<EffectChange> _changes = [];

    /// <summary>Looks at the folders; nothing is loaded yet.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="isChanged">Whether files of a folder have changed since the last time.</param>
    public PluginRenewal(EffectCatalogue catalogue, Func<string, bool> isChanged)
    {
        _catalogue = catalogue;
        _isChanged = isChanged;
        _before = catalogue.Latest;
        _found = catalogue.Search();
        _refused = _found.Refused;
    }

    /// <summary>Loads what has changed and has it sound, beside what is in use.</summary>
    /// <returns>Whether everything is there that was, and nothing else is refused than before.</returns>
    public bool Try()
    {
        foreach (EffectDescription effect in _found.Effects)
            Try(effect);
        foreach ((string id, CatalogueEntry known) in _before.Entries)
        {
            if (!_entries.ContainsKey(id))
                Miss(id, known);
        }

        foreach (RefusedPlugin file in _refused)
        {
            if (!Contains(_before.Refused, file) && !_changes.Exists(change => change.Refused == file))
                _changes.Add(new EffectChange(NameOf(file), null, null, file));
        }

        return !_changes.Exists(change => change.Refused is not null || change.Now is null);
    }

    /// <summary>Lets go of what was loaded.</summary>
    public void GiveUp()
    {
        foreach (CatalogueEntry entry in _fresh)
            entry.Unload();
    }

    /// <summary>Has the next line get what was tried.</summary>
    /// <returns>What there is to tell.</returns>
    public IReadOnlyList<EffectChange> TakeUp()
    {
        // What is refused no longer is no news, but has left the list.
        if (_changes.Count > 0 || _refused.Count != _before.Refused.Count)
        {
            _catalogue.Publish(new CatalogueSnapshot(
                _before.Folders, _entries, _refused.AsReadOnly(), _found.RefusedById) { NotTakenUp = _notTakenUp });
        }

        return _changes;
    }

    private void Try(EffectDescription effect)
    {
        CatalogueEntry? known = _before.Entries.GetValueOrDefault(effect.Id);
        if (known is not null && IsStill(known, effect))
        {
            _entries.Add(effect.Id, known);
            if (known.Refused is { } old)
                _refused.Add(old);
            else if (_before.NotTakenUp.GetValueOrDefault(effect.Id) is { } newer && !IsChanged(effect))
                Refuse(effect.Id, null, known.Description.Version, newer);
            return;
        }

        CatalogueEntry fresh = _catalogue.EntryOf(effect);
        _fresh.Add(fresh);
        string? before = known is { Refused: null } ? known.Description.Version : null;
        if (fresh.Try() is { } refused)
        {
            bool stays = known is { IsLoaded: true };
            _entries.Add(effect.Id, stays ? known! : fresh);
            Refuse(effect.Id, before, stays ? before : null, refused);
            return;
        }

        _entries.Add(effect.Id, fresh);
        _changes.Add(new EffectChange(effect.Id, before, fresh.Description.Version, null));
    }

    private bool IsStill(CatalogueEntry known, EffectDescription effect)
    {
        try
        {
            bool isUntouched = known.Description.File == effect.File && !IsChanged(effect);
            return isUntouched ? known.IsLoaded || known.Description == effect : known.IsStill(effect);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Loading it says what is wrong.
            return false;
        }
    }

    private bool IsChanged(EffectDescription effect) => _isChanged(Path.GetDirectoryName(effect.File)!);

    // An effect that is not found any more: gone, or hidden by something that cannot be used.
    private void Miss(string id, CatalogueEntry known)
    {
        string folder = Path.GetDirectoryName(known.Description.File)!;
        RefusedPlugin? why = _found.RefusedById.GetValueOrDefault(id)
            ?? _refused.Find(file => file.File == folder || Path.GetDirectoryName(file.File) == folder);
        string version = known.Description.Version;
        if (why is not null && known.IsLoaded)
        {
            _entries.Add(id, known);
            Refuse(id, version, version, why);
        }
        else if (known.Refused is null)
        {
            _changes.Add(new EffectChange(id, version, null, why));
        }
    }

    private void Refuse(string id, string? before, string? now, RefusedPlugin refused)
    {
        if (now is not null)
            _notTakenUp[id] = refused;
        if (!Contains(_refused, refused))
            _refused.Add(refused);
        if (!Contains(_before.Refused, refused))
            _changes.Add(new EffectChange(id, before, now, refused));
    }

    private static bool Contains(IReadOnlyList<RefusedPlugin> all, RefusedPlugin one)
    {
        foreach (RefusedPlugin other in all)
        {
            if (other == one)
                return true;
        }

        return false;
    }

    private static string NameOf(RefusedPlugin refused) => Path.GetFileName(
        File.Exists(refused.File) ? Path.GetDirectoryName(refused.File)! : refused.File);
}
