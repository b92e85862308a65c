using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>
/// Which contexts the caller has flushed, and where sound has come since their chains were last emptied. One thread at
/// a time.
/// </summary>
internal sealed class FlushRequests
{
    private readonly HashSet<string> _held = [];

    // By context: whether any of the sound that was asked for has come.
    private readonly Dictionary<string, bool> _asked = [];

    /// <summary>Whether a chain is to be emptied when the service is quiet.</summary>
    public bool AreDue => _asked.Keys.Any(_held.Contains);

    /// <summary>The caller flushes a context.</summary>
    public void Asked(string id) => _asked[id] = false;

    /// <summary>Sound of a context came.</summary>
    public void Sounded(string id)
    {
        _held.Add(id);
        if (_asked.ContainsKey(id))
            _asked[id] = true;
    }

    /// <summary>A context's chain is empty.</summary>
    public void Done(string id)
    {
        _held.Remove(id);
        _asked.Remove(id);
    }

    /// <summary>The contexts whose chains are to be emptied now, which is taken as done.</summary>
    public IReadOnlyList<string> TakeDue()
    {
        string[] due = [.. _asked.Keys.Where(_held.Contains)];
        foreach (string id in due)
        {
            _held.Remove(id);
            // Where the flushed text had sounded before, more of it may still come.
            if (_asked[id])
                _asked.Remove(id);
        }

        return due;
    }
}
