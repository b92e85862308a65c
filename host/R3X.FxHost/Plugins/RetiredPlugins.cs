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
    public void Look(TimeProvider time)
    {
        lock (_lock)
        {
            _plugins.RemoveAll(static plugin => plugin.IsGone());
            if (_plugins.Count == 0 || _collections >= MostCollections)
                return;
            if (_collectedAt == 0)
                _collectedAt = time.GetTimestamp();
            if (time.GetElapsedTime(_collectedAt) < BetweenCollections)
                return;
            _collectedAt = time.GetTimestamp();
            _collections++;
        }

        // In a quiet host days may pass between two collections of what has lived for long, and every replaced plugin
        // would stay until then. Asked for on the thread of a timer and not waited for: it goes on in the background.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
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

/// <summary>A plugin that was replaced or removed. One thread at a time.</summary>
/// <param name="effect">Its effect.</param>
/// <param name="code">Its code.</param>
/// <param name="shadow">The copy it was loaded from; null where there is none.</param>
/// <param name="create">Is alive as long as somebody can make an effect of it: a preset that was built with it, a line
/// that has yet to begin, a chain that sounds, a call that has not returned.</param>
internal sealed class RetiredPlugin(
    EffectDescription effect, IEffectCode code, ShadowFolder? shadow, WeakReference create)
{
    private IEffectCode? _code = code;
    private WeakReference? _context;

    /// <summary>Its effect.</summary>
    public EffectDescription Effect => effect;

    /// <summary>Whether its code has left memory; unloads it when nothing needs it.</summary>
    public bool IsGone()
    {
        if (_code is not null && create.IsAlive)
            return false;
        Unload();
        if (_context is { IsAlive: true })
            return false;
        // Where the system kept the files as long as the code was in memory.
        shadow?.Dispose();
        return true;
    }

    /// <summary>Lets go of it.</summary>
    public void Unload()
    {
        if (_code is null)
            return;
        _context = _code.Unload();
        _code = null;
        shadow?.Dispose();
    }
}
