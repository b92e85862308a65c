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
    private readonly CatalogueSnapshot _before;
    private readonly PluginDiscovery _found;
    private readonly SortedDictionary<string, CatalogueEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<RefusedPlugin> _refused;
    private readonly Dictionary<string, RefusedPlugin> _notTakenUp = new(StringComparer.Ordinal);
    private readonly List<EffectChange> _changes = [];

    /// <summary>Looks at the folders; nothing is loaded yet.</summary>
    public PluginRenewal(EffectCatalogue catalogue)
    {
        _catalogue = catalogue;
        _before = catalogue.Latest;
        _found = PluginDiscovery.In(catalogue.Folders);
        _refused = _found.Refused;
    }

    /// <summary>Whether something is missing, or is refused, that was not: it may be half copied, or half
    /// deleted.</summary>
    public bool MayBeUnfinished =>
        _refused.Exists(file => !Contains(_before.Refused, file))
        || HasLost(_before.Effects);

    /// <summary>Loads what has changed and puts it in its place.</summary>
    /// <param name="isChanged">Whether files of a folder have changed since the last time.</param>
    /// <returns>What there is to tell.</returns>
    public IReadOnlyList<EffectChange> TakeUp(Func<string, bool> isChanged)
    {
        foreach (EffectDescription effect in _found.Effects)
            TakeUp(effect, isChanged);
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

        // What is refused no longer is no news, but has left the list.
        if (_changes.Count > 0 || _refused.Count != _before.Refused.Count)
        {
            _catalogue.Publish(new CatalogueSnapshot(
                _before.Folders, _entries, _refused.AsReadOnly(), _found.RefusedById) { NotTakenUp = _notTakenUp });
        }

        return _changes;
    }

    private void TakeUp(EffectDescription effect, Func<string, bool> isChanged)
    {
        CatalogueEntry? known = _before.Entries.GetValueOrDefault(effect.Id);
        if (known is not null && IsStill(known, effect, isChanged))
        {
            _entries.Add(effect.Id, known);
            if (known.Refused is { } old)
                _refused.Add(old);
            else if (_before.NotTakenUp.GetValueOrDefault(effect.Id) is { } newer && !IsChanged(effect, isChanged))
                Refuse(effect.Id, null, known.Description.Version, newer);
            return;
        }

        CatalogueEntry fresh = _catalogue.EntryOf(effect);
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

    private static bool IsStill(CatalogueEntry known, EffectDescription effect, Func<string, bool> isChanged)
    {
        try
        {
            bool isUntouched = known.Description.File == effect.File && !IsChanged(effect, isChanged);
            return isUntouched ? known.IsLoaded || known.Description == effect : known.IsStill(effect);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Loading it says what is wrong.
            return false;
        }
    }

    private static bool IsChanged(EffectDescription effect, Func<string, bool> isChanged) =>
        isChanged(Path.GetDirectoryName(effect.File)!);

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

    private bool HasLost(IReadOnlyList<EffectDescription> effects)
    {
        foreach (EffectDescription effect in effects)
        {
            if (!_found.Effects.Exists(found => found.Id == effect.Id))
                return true;
        }

        return false;
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
