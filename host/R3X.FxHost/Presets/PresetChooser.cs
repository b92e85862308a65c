using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets.Choosing;

namespace R3X.FxHost.Presets;

/// <summary>
/// Keeps what the presets of a folder say of their use, so that a line's choice reads no file that has not changed. Any thread.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="rulesOf">What a file says.</param>
/// <param name="read">Reads a preset whole, its effects included.</param>
/// <param name="clock">The clock.</param>
internal sealed class PresetChooser(PresetFolder folder, Func<ListedPreset, ChoiceRules?> rulesOf, Func<string, PresetReading> read, TimeProvider clock)
{
    // Between an editor's deleting a file and its creating it anew, a line must not find another voice.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Known? _known;

    /// <summary>Begins a line's choice. Where nobody has to choose, no file is read.</summary>
    public ChoiceRun Begin(LineTraits line) => new(new MatchedLine(line), () => Presets, read);

    private IReadOnlyList<RuledPreset> Presets
    {
        get
        {
            FolderListing listing = folder.Listing;
            Known? known = Volatile.Read(ref _known);
            if (known is not null && ReferenceEquals(known.Listing, listing))
                return known.Presets;
            List<RuledPreset> presets = [.. listing.Presets.Select(preset => new RuledPreset(preset, rulesOf(preset), listing.ListedAt))];
            if (known is not null)
                presets.AddRange(known.Presets.Where(old => listing.Find(old.Preset.Id) is null && clock.GetElapsedTime(old.SeenAt) < Patience));
            Volatile.Write(ref _known, new Known(listing, presets));
            return presets;
        }
    }

    private sealed record Known(FolderListing Listing, IReadOnlyList<RuledPreset> Presets);
}

/// <summary>A preset's file and what it says of its use.</summary>
/// <param name="Preset">The file.</param>
/// <param name="Rules">What it says; null when that never could be read.</param>
/// <param name="SeenAt">When the file was last there.</param>
internal sealed record RuledPreset(ListedPreset Preset, ChoiceRules? Rules, long SeenAt);
