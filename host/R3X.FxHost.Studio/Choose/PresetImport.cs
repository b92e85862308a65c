using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Importing;

namespace R3X.FxHost.Studio.Choose;

/// <summary>Makes presets of configurations of the earlier program.</summary>
internal static class PresetImport
{
    /// <summary>Takes in an <c>audio_effects.json</c>, under a name that is free.</summary>
    /// <param name="host">Whose presets.</param>
    /// <param name="json">The file.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="id">The preset it became; null when it did not.</param>
    /// <returns>What is wrong, or what to know of the result, in sentences.</returns>
    public static string Run(FxHost host, ReadOnlyMemory<byte> json, string fileName, out string? id)
    {
        id = null;
        string free = Free(host.Presets.ListIds(), NewPreset.IdFrom(fileName));
        ImportedPreset imported = AudioEffectsImport.Read(json, fileName, free, host.Presets, host.Effects);
        if (imported.Text is not { } text)
            return Said(imported.Diagnostics);
        try
        {
            NewPreset made = NewPreset.Write(host.Presets, free, text);
            if (made.File is null)
                return Said(made.Diagnostics);
        }
        catch (IOException e)
        {
            return e.Message;
        }

        id = free;
        return string.Join(' ', imported.Notes.Append(Said(imported.Diagnostics))).Trim();
    }

    /// <summary>What is wrong and what to do, in sentences.</summary>
    public static string Said(IEnumerable<PresetDiagnostic> diagnostics) =>
        string.Join(' ', diagnostics.Select(static one => $"{one.Message} {one.Fix}"));

    private static string Free(IReadOnlyList<string> taken, string id)
    {
        string free = id;
        for (int number = 2; taken.Contains(free, StringComparer.OrdinalIgnoreCase); number++)
            free = FormattableString.Invariant($"{id}-{number}");
        return free;
    }
}
