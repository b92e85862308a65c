using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>A preset's file in a listing.</summary>
/// <param name="Id">Its name without the ending.</param>
/// <param name="File">Its path.</param>
/// <param name="Stamp">Its stamp when it was listed.</param>
internal sealed record ListedPreset(string Id, string File, FileStamp Stamp);

/// <summary>A folder of presets as it was at one moment. Immutable.</summary>
/// <param name="listedAt">The clock's timestamp of that moment.</param>
/// <param name="presets">Its presets, sorted.</param>
internal sealed class FolderListing(long listedAt, IReadOnlyList<ListedPreset> presets)
{
    private readonly Dictionary<string, ListedPreset> _byId = presets.ToDictionary(preset => preset.Id, StringComparer.Ordinal);

    /// <summary>When it was made.</summary>
    public long ListedAt => listedAt;

    /// <summary>The presets, sorted by file.</summary>
    public IReadOnlyList<ListedPreset> Presets => presets;

    /// <summary>A preset by its id, or null.</summary>
    public ListedPreset? Find(string id) => _byId.GetValueOrDefault(Composed.Of(id));
}
