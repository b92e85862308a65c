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
    private readonly string[] _folders;
    private readonly string[] _writable;
    private readonly PluginLoadMode _mode;
    private readonly IIsolation? _isolation;
    private CatalogueSnapshot _latest;

    private EffectCatalogue(string[] folders, string[] writable, PluginLoadMode mode, IIsolation? isolation)
    {
        _folders = folders;
        _writable = writable;
        _mode = mode;
        _isolation = isolation;
        // Before the files are read: what changes meanwhile differs from this.
        Stamps = mode == PluginLoadMode.Shadow ? FolderStamps.Of(folders) : null;
        PluginDiscovery found = Search();
        var entries = new SortedDictionary<string, CatalogueEntry>(StringComparer.Ordinal);
        foreach (EffectDescription effect in found.Effects)
            entries.Add(effect.Id, EntryOf(effect));
        _latest = new CatalogueSnapshot(
            Array.AsReadOnly(folders), entries, found.Refused.AsReadOnly(), found.RefusedById);
    }

    /// <inheritdoc/>
    public IEffectCatalogue Snapshot => Latest;

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => Latest.Folders;

    /// <inheritdoc/>
    public IReadOnlyList<EffectDescription> Effects => Latest.Effects;

    /// <inheritdoc/>
    public IReadOnlyList<RefusedPlugin> Refused => Latest.Refused;

    /// <summary>The effects of this moment.</summary>
    public CatalogueSnapshot Latest => Volatile.Read(ref _latest);

    /// <summary>How the folders looked when they were first searched; null where files stay in use.</summary>
    public FolderStamps? Stamps { get; }

    /// <summary>What was replaced or removed, and has not left memory yet.</summary>
    public RetiredPlugins Retired { get; } = new();

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
            foreach ((string id, CatalogueEntry entry) in Latest.Entries)
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
    /// <param name="writable">Those of the folders that others than this user may write; null for none.</param>
    /// <param name="isolation">Decides in which process each runs; null has all of them in this one.</param>
    public static EffectCatalogue Discover(
        IEnumerable<string> folders, PluginLoadMode mode, IReadOnlyList<string>? writable = null,
        IIsolation? isolation = null)
    {
        var absolute = new List<string>();
        foreach (string folder in folders)
        {
            string path = AbsolutePath(folder);
            if (!absolute.Contains(path))
                absolute.Add(path);
        }

        if (mode == PluginLoadMode.Shadow)
            HeldFolder.DeleteThoseOfDeadProcesses(Path.GetTempPath());
        return new EffectCatalogue(
            absolute.ToArray(), new List<string>(writable ?? []).ConvertAll(AbsolutePath).ToArray(), mode, isolation);
    }

    /// <inheritdoc/>
    public bool TryLoad(string id, [NotNullWhen(true)] out LoadedEffect? effect, out RefusedPlugin? refused) =>
        Latest.TryLoad(id, out effect, out refused);

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

    /// <summary>Searches the folders as they are now.</summary>
    public PluginDiscovery Search() => PluginDiscovery.In(_folders, _writable);

    /// <summary>An effect that was found, not loaded yet.</summary>
    public CatalogueEntry EntryOf(EffectDescription effect) => new(
        effect, _mode, ownsFolder: Array.IndexOf(_folders, Path.GetDirectoryName(effect.File)) < 0, _isolation);

    /// <summary>Replaces the effects of this moment; what is no longer among them is let go of when nobody uses it any
    /// more. One thread at a time.</summary>
    public void Publish(CatalogueSnapshot next)
    {
        CatalogueSnapshot before = Latest;
        Volatile.Write(ref _latest, next);
        foreach ((string id, CatalogueEntry entry) in before.Entries)
        {
            if (next.Entries.GetValueOrDefault(id) != entry && entry.Retire() is { } retired)
                Retired.Add(retired);
        }
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
    public bool Unload(string id) => Latest.Entries.TryGetValue(id, out CatalogueEntry? entry) && entry.Unload();

    /// <summary>
    /// Lets go of every effect. What is loaded waits for the next catalogue of the same files in this process, or for
    /// its end; the copies that effects were loaded from are deleted then.
    /// </summary>
    public void Dispose()
    {
        foreach (CatalogueEntry entry in Latest.Entries.Values)
            entry.Park();
        Retired.Dispose();
    }

    // What cannot be a path does not exist either, and is noted as such.
    private static string AbsolutePath(string folder) => folder.Length == 0
        || folder.Contains('\0', StringComparison.Ordinal)
        ? folder
        : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
