using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace R3X.FxHost.Playback;

/// <summary>What became of a device, until somebody asks: the last 1,024 changes. Any thread.</summary>
internal sealed class DeviceChanges
{
    private const int MostKept = 1024;

    private readonly ConcurrentQueue<DeviceChange> _changes = new();

    /// <summary>Notes one.</summary>
    public void Add(DeviceChange change)
    {
        if (_changes.Count >= MostKept)
            _changes.TryDequeue(out _);
        _changes.Enqueue(change);
    }

    /// <summary>Gives the oldest, once.</summary>
    public bool TryTake([NotNullWhen(true)] out DeviceChange? change) => _changes.TryDequeue(out change);
}
