using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>The presets that are being edited, each once for all pages. Any thread.</summary>
/// <param name="host">Whose presets.</param>
public sealed class DraftStore(FxHost host)
{
    private readonly ConcurrentDictionary<string, Draft> _drafts = new();

    /// <summary>A preset as it is being edited; null where nobody does.</summary>
    /// <param name="id">Its id.</param>
    public Draft? Find(string id) => _drafts.GetValueOrDefault(id);

    /// <summary>Opens a preset, or returns it as it is being edited.</summary>
    /// <param name="id">The id of a preset of the folder.</param>
    /// <returns>Null where there is none.</returns>
    public Draft? Open(string id) =>
        host.Presets.ReadAll().FirstOrDefault(listing => listing.Id == id) is { } listing
            ? _drafts.GetOrAdd(id, _ => new Draft(host.Presets, id, listing.File))
            : null;
}
