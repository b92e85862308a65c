using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Batch;

/// <summary>An effect that a recipe needs.</summary>
/// <param name="Id">The effect's id.</param>
/// <param name="Version">Its version, for people.</param>
/// <param name="Code">What its code is, in one word: the same on every machine it was built for.</param>
public sealed record RecipeEffect(string Id, string Version, string Code)
{
    /// <summary>The effect that a host has under an id; null where it has none.</summary>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    internal static RecipeEffect? Of(IEffectCatalogue effects, string id)
    {
        EffectDescription? found = effects.Effects.FirstOrDefault(effect => effect.Id == id);
        if (found is null)
            return null;
        string folder = Path.GetDirectoryName(found.File)!;
        // A folder of effects may hold one without a folder of its own.
        string[] files = effects.Folders.Contains(folder) ? [found.File] : Directory.GetFiles(folder, "*.dll");
        return new RecipeEffect(id, found.Version, CodeIdentity.Of(files));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version} ({Code[..8]})";
}
