using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Localization;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Importing;

namespace R3X.FxHost.Studio.Choose;

/// <summary>What is done with whole files of the folder of presets: begun, taken in, named anew, deleted and brought
/// back. Any thread.</summary>
/// <param name="host">Whose folder.</param>
/// <param name="texts">What is said of it.</param>
public sealed class PresetFolder(FxHost host, IStringLocalizer<Texts> texts)
{
    private readonly ConcurrentStack<(string Id, string File, byte[] Bytes)> _deleted = new();

    /// <summary>The preset that was deleted last and can be brought back, or null.</summary>
    public string? LastDeleted => _deleted.TryPeek(out (string Id, string File, byte[] Bytes) last) ? last.Id : null;

    /// <summary>Begins a preset that extends another.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="parentId">The preset it extends.</param>
    /// <returns>What is wrong, in sentences; null when it was begun.</returns>
    public string? New(string id, string parentId) => Try(() => Said(NewPreset.Create(host.Presets, id, parentId)));

    /// <summary>Takes in an <c>audio_effects.json</c>, under a name that is free.</summary>
    /// <param name="json">The file.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="id">The preset it became; null when it did not.</param>
    /// <returns>What is wrong, or what to know of the result, in sentences.</returns>
    public string? Import(ReadOnlyMemory<byte> json, string fileName, out string? id)
    {
        string free = Free(NewPreset.IdFrom(fileName));
        ImportedPreset imported = AudioEffectsImport.Read(json, fileName, free, host.Presets, host.Effects);
        id = null;
        if (imported.Text is not { } text)
            return Said(imported.Diagnostics);
        if (Try(() => Said(NewPreset.Write(host.Presets, free, text))) is { } refused)
            return refused;
        id = free;
        return string.Join(' ', imported.Notes.Append(Said(imported.Diagnostics))).Trim();
    }

    /// <summary>Names a preset anew.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="newId">What it is to be called.</param>
    /// <returns>What is wrong, in sentences; null when it was done.</returns>
    public string? Rename(string id, string newId)
    {
        if (FileOf(id) is not { } file)
            return texts["Choose.Gone", id];
        if (WhyNeeded(id) is { } needed)
            return needed;
        return Try(() =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            // As a new file first: a name that cannot be is refused there, and one that is taken is left alone.
            NewPreset made = NewPreset.Write(host.Presets, newId, "");
            if (made.File is null)
                return Said(made);
            File.WriteAllBytes(made.File, bytes);
            File.Delete(file);
            return null;
        });
    }

    /// <summary>Deletes a preset. It can be brought back while the program runs.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>What is wrong, in sentences; null when it was done.</returns>
    public string? Delete(string id)
    {
        if (FileOf(id) is not { } file)
            return texts["Choose.Gone", id];
        if (WhyNeeded(id) is { } needed)
            return needed;
        return Try(() =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            File.Delete(file);
            _deleted.Push((id, file, bytes));
            return null;
        });
    }

    /// <summary>Brings back the preset that was deleted last.</summary>
    /// <returns>What is wrong, in sentences; null when it was done.</returns>
    public string? Undelete()
    {
        if (!_deleted.TryPop(out (string Id, string File, byte[] Bytes) last))
            return null;
        string? wrong = Try(() =>
        {
            using var file = new FileStream(last.File, FileMode.CreateNew, FileAccess.Write);
            file.Write(last.Bytes);
            return null;
        });
        if (wrong is not null)
            _deleted.Push(last);
        return wrong;
    }

    /// <summary>What tells a folder that has changed, without reading its files.</summary>
    public string Stamp() => string.Join('\n', host.Presets.ListFiles().Select(static file => new FileInfo(file))
        .Select(static file => FormattableString.Invariant(
            $"{file.Name} {(file.Exists ? file.Length : 0)} {file.LastWriteTimeUtc.Ticks}")));

    /// <summary>What is wrong, as sentences: the errors, or else the warnings.</summary>
    public static string Said(IEnumerable<PresetDiagnostic> diagnostics) => string.Join(' ', diagnostics
        .Select(static one => $"{one.Message} {one.Fix}"));

    private static string? Said(NewPreset made) => made.File is null ? Said(made.Diagnostics) : null;

    private static string? Try(Func<string?> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private string Free(string id)
    {
        string free = id;
        for (int number = 2; FileOf(free) is not null; number++)
            free = FormattableString.Invariant($"{id}-{number}");
        return free;
    }

    // Others would lose what they stand on.
    private string? WhyNeeded(string id)
    {
        string[] children = [.. host.Presets.ReadAll().Where(one => one.Reading.Preset?.Parent?.Id == id)
            .Select(static one => one.Id)];
        if (children.Length > 0)
            return texts["Choose.Extended", id, string.Join(", ", children)];
        return host.Settings.Default == id ? (string)texts["Choose.Default", id] : null;
    }

    private string? FileOf(string id) => host.Presets.ReadAll().FirstOrDefault(one => one.Id == id)?.File;
}
