using System;
using System.Collections.Concurrent;

namespace R3X.FxHost.Chains;

/// <summary>
/// Remembers which effects misbehaved, across the lines of one host. The line after a fault tries the effect again; the
/// second fault in a row costs it one line, the third three, then 7, 15, up to 63. A line without a fault clears it.
/// Any thread.
/// </summary>
internal sealed class Quarantine
{
    private const int MostFaults = 7;

    private readonly ConcurrentDictionary<(string Id, string Version), Record> _records = new();

    /// <summary>Whether an effect may run in a line that begins now. Asking counts as a line.</summary>
    /// <param name="effectId">The effect.</param>
    /// <param name="effectVersion">The plugin's version; a new version starts clean.</param>
    public bool Admits(string effectId, string effectVersion)
    {
        if (!_records.TryGetValue((effectId, effectVersion), out Record? record))
            return true;
        lock (record)
        {
            if (record.LinesToSkip == 0)
                return true;
            record.LinesToSkip--;
            return false;
        }
    }

    /// <summary>What <see cref="Admits"/> would say, without counting.</summary>
    internal bool WouldAdmit(string effectId, string effectVersion)
    {
        if (!_records.TryGetValue((effectId, effectVersion), out Record? record))
            return true;
        lock (record)
            return record.LinesToSkip == 0;
    }

    internal void Faulted(SlotFault fault)
    {
        Record record = _records.GetOrAdd((fault.EffectId, fault.EffectVersion), static _ => new Record());
        lock (record)
        {
            record.Faults = Math.Min(record.Faults + 1, MostFaults);
            record.LinesToSkip = (1 << (record.Faults - 1)) - 1;
        }
    }

    /// <summary>Forgets what was known of an effect, whose code is another now.</summary>
    internal void Forget(string effectId)
    {
        foreach ((string Id, string Version) key in _records.Keys)
        {
            if (key.Id == effectId)
                _records.TryRemove(key, out _);
        }
    }

    internal void Behaved(string effectId, string effectVersion) =>
        _records.TryRemove((effectId, effectVersion), out _);

    private sealed class Record
    {
        public int Faults { get; set; }

        public int LinesToSkip { get; set; }
    }
}
