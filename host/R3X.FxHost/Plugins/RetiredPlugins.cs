using System;
using System.Collections.Generic;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// Plugins that were replaced or removed. Each is unloaded when nothing can make an effect of it any more, and has left
/// when a collection has taken its code. Any thread.
/// </summary>
internal sealed class RetiredPlugins : IDisposable
{
    // A collection takes what nothing refers to; code leaves with the one after that in which its last effect went.
    private const int MostCollections = 4;

    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<RetiredPlugin> _plugins = [];
    private int _collections = MostCollections;
    private long _collectedAt;

    /// <summary>The ids of those that are still in memory.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock)
                return _plugins.ConvertAll(static plugin => plugin.Effect.Id);
        }
    }

    /// <summary>Takes one.</summary>
    public void Add(RetiredPlugin plugin)
    {
        lock (_lock)
        {
            _plugins.Add(plugin);
            _collections = 0;
        }
    }

    /// <summary>Unloads those that nothing needs, and forgets those that are gone.</summary>
    /// <param name="time">The clock.</param>
    /// <returns>What there is to tell of those that should have left long ago, each a whole sentence, once.</returns>
    public IReadOnlyList<string> Look(TimeProvider time)
    {
        List<string> leaks = [];
        lock (_lock)
        {
            _plugins.RemoveAll(static plugin => plugin.IsGone());
            if (_plugins.Count == 0)
                return [];
            foreach (RetiredPlugin plugin in _plugins)
            {
                if (plugin.TellLeak(time) is { } leak)
                    leaks.Add(leak);
            }

            if (_collectedAt == 0)
                _collectedAt = time.GetTimestamp();
            if (_collections >= MostCollections || time.GetElapsedTime(_collectedAt) < BetweenCollections)
                return leaks;
            _collectedAt = time.GetTimestamp();
            _collections++;
        }

        // In a quiet host days may pass between two collections of what has lived for long, and every replaced plugin
        // would stay until then. Asked for on the thread of a timer and not waited for: it
        // goes on in the background, where the program lets collections do so.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        return leaks;
    }

    /// <summary>Unloads all of them, whoever still uses them.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (RetiredPlugin plugin in _plugins)
                plugin.Unload();
            _plugins.Clear();
        }
    }
}
