using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Nats.Levels;

/// <summary>This host's copy of the bucket, and what the bucket has not got yet. Any thread; nothing in it
/// waits.</summary>
/// <param name="most">How many levels it keeps: those that changed last.</param>
internal sealed class LevelCache(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = [];
    private readonly Dictionary<string, SpeakerLevel> _unsent = [];

    /// <summary>A level; null where there is none.</summary>
    public double? Find(string key)
    {
        lock (_gate)
            return _entries.TryGetValue(key, out LinkedListNode<Entry>? entry) ? entry.Value.Lufs : null;
    }

    /// <summary>This host measured a level, which the bucket is to get.</summary>
    public void Measured(string key, SpeakerLevel level)
    {
        lock (_gate)
        {
            _unsent[key] = level;
            Put(key, level.Lufs, _entries.GetValueOrDefault(key)?.Value.Revision ?? 0);
        }
    }

    /// <summary>The bucket has a level, and that of this host's own if there is one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="lufs">The level.</param>
    /// <param name="revision">The bucket's number for it; older ones may still arrive.</param>
    public void Received(string key, double lufs, ulong revision)
    {
        lock (_gate)
        {
            if (!_unsent.ContainsKey(key) && revision > (_entries.GetValueOrDefault(key)?.Value.Revision ?? 0))
                Put(key, lufs, revision);
        }
    }

    /// <summary>One that the bucket has not got; null where it has all.</summary>
    public (string Key, SpeakerLevel Level)? NextUnsent()
    {
        lock (_gate)
            return _unsent.Count == 0 ? null : _unsent.Select(static one => (one.Key, one.Value)).First();
    }

    /// <summary>The bucket has got one.</summary>
    public void Sent(string key, SpeakerLevel level, ulong revision)
    {
        lock (_gate)
        {
            // It may have been measured again meanwhile.
            if (ReferenceEquals(_unsent.GetValueOrDefault(key), level))
                _unsent.Remove(key);
            if (_entries.GetValueOrDefault(key) is { } entry)
                entry.Value = entry.Value with { Revision = revision };
        }
    }

    /// <summary>A bucket that was made anew counts from one again.</summary>
    public void ForgetRevisions()
    {
        lock (_gate)
        {
            foreach (LinkedListNode<Entry> entry in _entries.Values)
                entry.Value = entry.Value with { Revision = 0 };
        }
    }

    private void Put(string key, double lufs, ulong revision)
    {
        if (_entries.Remove(key, out LinkedListNode<Entry>? known))
            _byAge.Remove(known);
        _entries[key] = _byAge.AddLast(new Entry(key, lufs, revision));
        if (_entries.Count <= most)
            return;
        string oldest = _byAge.First!.Value.Key;
        _byAge.RemoveFirst();
        _entries.Remove(oldest);
        _unsent.Remove(oldest);
    }

    private readonly record struct Entry(string Key, double Lufs, ulong Revision);
}
