using System.Collections.Generic;
using System.Threading;

namespace R3X.FxHost.StandIn;

/// <summary>What was asked for and is not used up. Any thread.</summary>
internal sealed class Behaviours
{
    private static readonly Behaviour Good = new();

    private readonly Lock _gate = new();
    private readonly List<Behaviour> _asked = [];

    public void Add(Behaviour behaviour)
    {
        lock (_gate)
            _asked.Add(behaviour);
    }

    public void Clear()
    {
        lock (_gate)
            _asked.Clear();
    }

    /// <summary>How a request is to be answered: by the first that fits its voice.</summary>
    public Behaviour Next(string? voice)
    {
        lock (_gate)
        {
            int at = _asked.FindIndex(b => b.Voice is null || b.Voice == voice);
            if (at < 0)
                return Good;
            Behaviour found = _asked[at];
            if (found.Times is <= 1)
                _asked.RemoveAt(at);
            else if (found.Times is { } times)
                _asked[at] = found with { Times = times - 1 };
            return found;
        }
    }
}
