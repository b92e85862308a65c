using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace R3X.FxHost.Plugins;

/// <summary>The effects that were found. A host that runs for long finds others while it lives: what stands here is
/// then that of the moment it is asked. Any thread.</summary>
public interface IEffectCatalogue
{
    /// <summary>The effects of this moment, which stay as they are: the same object until others are found.</summary>
    IEffectCatalogue Snapshot => this;

    /// <summary>The folders that were searched, as absolute paths, for messages.</summary>
    IReadOnlyList<string> Folders { get; }

    /// <summary>Every effect found, by id, known from metadata alone.</summary>
    IReadOnlyList<EffectDescription> Effects { get; }

    /// <summary>Every file that was refused so far, with the reason. Loading an effect may add to it.</summary>
    IReadOnlyList<RefusedPlugin> Refused { get; }

    /// <summary>Loads an effect, once; later calls return the same.</summary>
    /// <param name="id">The effect's id, exactly.</param>
    /// <param name="effect">The effect, or null.</param>
    /// <param name="refused">Why it could not be loaded; null when it was, or when no such id was found.</param>
    bool TryLoad(string id, [NotNullWhen(true)] out LoadedEffect? effect, out RefusedPlugin? refused);
}
