using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// The effects as they were found at one moment. Which there are does not change any more; loading one may show that it
/// cannot be used. Any thread.
/// </summary>
internal sealed class CatalogueSnapshot : IEffectCatalogue
{
    private readonly IReadOnlyDictionary<string, RefusedPlugin> _refusedById;
    private readonly Lock _lock = new();
    private IReadOnlyList<RefusedPlugin> _refused;

    /// <param name="folders">The folders that were searched.</param>
    /// <param name="entries">The effects, by id.</param>
    /// <param name="refused">The files that were refused.</param>
    /// <param name="refusedById">Those of them whose effect is known.</param>
    public CatalogueSnapshot(IReadOnlyList<string> folders, SortedDictionary<string, CatalogueEntry> entries,
        IReadOnlyList<RefusedPlugin> refused, IReadOnlyDictionary<string, RefusedPlugin> refusedById)
    {
        Folders = folders;
        Entries = entries;
        _refused = refused;
        _refusedById = refusedById;
        var effects = new List<EffectDescription>(entries.Count);
        foreach (CatalogueEntry entry in entries.Values)
            effects.Add(entry.Description);
        Effects = effects.AsReadOnly();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders { get; }

    /// <inheritdoc/>
    public IReadOnlyList<EffectDescription> Effects { get; }

    /// <inheritdoc/>
    public IReadOnlyList<RefusedPlugin> Refused => Volatile.Read(ref _refused);

    /// <summary>The effects, by id.</summary>
    public IReadOnlyDictionary<string, CatalogueEntry> Entries { get; }

    /// <summary>Newer files of effects that could not be used, by id: the effect stays what it was.</summary>
    public IReadOnlyDictionary<string, RefusedPlugin> NotTakenUp { get; init; } =
        new Dictionary<string, RefusedPlugin>();

    /// <inheritdoc/>
    public bool TryLoad(string id, [NotNullWhen(true)] out LoadedEffect? effect, out RefusedPlugin? refused)
    {
        if (!Entries.TryGetValue(id, out CatalogueEntry? entry))
        {
            effect = null;
            refused = _refusedById.GetValueOrDefault(id);
            return false;
        }

        effect = entry.Load(out refused, out bool isNews);
        if (isNews)
        {
            lock (_lock)
                _refused = [.. _refused, refused!];
        }

        return effect is not null;
    }
}
