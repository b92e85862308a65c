using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// The effects found in plugin folders, each of which holds folders of one plugin each (<c>plugins/comb/*.dll</c>), or
/// DLLs directly. Discovery reads metadata and loads nothing; an effect is loaded when it is first asked for. What
/// cannot be used is in <see cref="Refused"/>, and costs nothing else. A copy of a plugin is the same plugin; an effect
/// that comes with the host stands against any other of its id. Any thread.
/// </summary>
internal sealed class EffectCatalogue : IEffectCatalogue, IDisposable
{
    private readonly Dictionary<string, CatalogueEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RefusedPlugin> _refusedById;
    private readonly Lock _lock = new();
    private IReadOnlyList<RefusedPlugin> _refused;

    private EffectCatalogue(string[] folders, PluginDiscovery found, PluginLoadMode mode, IIsolation? isolation)
    {
        Folders = Array.AsReadOnly(folders);
        Effects = found.Effects.AsReadOnly();
        _refusedById = found.RefusedById;
        _refused = found.Refused.AsReadOnly();
        foreach (EffectDescription effect in Effects)
        {
            bool ownsFolder = Array.IndexOf(folders, Path.GetDirectoryName(effect.File)) < 0;
            _entries.Add(effect.Id, new CatalogueEntry(effect, mode, ownsFolder, isolation));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders { get; }

    /// <inheritdoc/>
    public IReadOnlyList<EffectDescription> Effects { get; }

    /// <inheritdoc/>
    public IReadOnlyList<RefusedPlugin> Refused => Volatile.Read(ref _refused);

    /// <summary>
    /// The ids of effects that were unloaded, or refused after loading, and whose code is still in memory. It leaves
    /// with a garbage collection; an id that stays here for long is kept by something: an effect still in a chain, or a
    /// thread, timer or static event that the plugin left behind.
    /// </summary>
    public IReadOnlyList<string> Lingering
    {
        get
        {
            var ids = new List<string>();
            foreach ((string id, CatalogueEntry entry) in _entries)
            {
                if (entry.IsLingering())
                    ids.Add(id);
            }

            return ids;
        }
    }

    /// <summary>Finds effects. A folder that does not exist or cannot be read is noted in
    /// <see cref="Refused"/>.</summary>
    /// <param name="folders">The folders that hold plugins; relative ones are taken from the current directory.</param>
    /// <param name="mode">How effects will be loaded.</param>
    /// <param name="isolation">Decides in which process each runs; null has all of them in this one.</param>
    public static EffectCatalogue Discover(
        IEnumerable<string> folders, PluginLoadMode mode, IIsolation? isolation = null)
    {
        var absolute = new List<string>();
        foreach (string folder in folders)
        {
            string path = AbsolutePath(folder);
            if (!absolute.Contains(path))
                absolute.Add(path);
        }

        if (mode == PluginLoadMode.Shadow)
            ShadowFolder.DeleteThoseOfDeadProcesses(Path.GetTempPath());
        return new EffectCatalogue(absolute.ToArray(), PluginDiscovery.In(absolute), mode, isolation);
    }

    /// <inheritdoc/>
    public bool TryLoad(string id, [NotNullWhen(true)] out LoadedEffect? effect, out RefusedPlugin? refused)
    {
        if (!_entries.TryGetValue(id, out CatalogueEntry? entry))
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

    /// <summary>
    /// Loads every effect, so that <see cref="Refused"/> holds what only shows on loading. For listings and checks; a
    /// command that needs a few effects loads those.
    /// </summary>
    /// <returns>The effects that could be loaded, by id.</returns>
    public IReadOnlyList<LoadedEffect> LoadAll()
    {
        var loaded = new List<LoadedEffect>();
        foreach (EffectDescription description in Effects)
        {
            if (TryLoad(description.Id, out LoadedEffect? effect, out _))
                loaded.Add(effect);
        }

        return loaded;
    }

    /// <summary>
    /// Lets go of an effect's code. <see cref="LoadedEffect.Create"/> of what was loaded throws from now on; effects
    /// already made go on sounding, and keep the code in memory until they are dropped. The next <see cref="TryLoad"/>
    /// loads the file as it then is.
    /// </summary>
    /// <param name="id">The effect's id.</param>
    /// <returns>
    /// Whether it was loaded and its code will leave memory; never in <see cref="PluginLoadMode.FromFile"/>, where
    /// nothing happens.
    /// </returns>
    public bool Unload(string id) => _entries.TryGetValue(id, out CatalogueEntry? entry) && entry.Unload();

    /// <summary>
    /// Lets go of every effect. What is loaded waits for the next catalogue of the same files in this process, or for
    /// its end; the copies that effects were loaded from are deleted then.
    /// </summary>
    public void Dispose()
    {
        foreach (CatalogueEntry entry in _entries.Values)
            entry.Park();
    }

    // What cannot be a path does not exist either, and is noted as such.
    private static string AbsolutePath(string folder) => folder.Length == 0
        || folder.Contains('\0', StringComparison.Ordinal)
        ? folder
        : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
