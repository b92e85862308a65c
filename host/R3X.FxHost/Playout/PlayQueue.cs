using System;
using System.Threading;

namespace R3X.FxHost.Playout;

/// <summary>The lines that wait for the loudspeaker, in the order in which they will be heard. Any thread; nobody waits
/// for another.</summary>
internal sealed class PlayQueue
{
    private Track[] _lines = [];

    /// <summary>The line to be heard next; null when there is none.</summary>
    public Track? First => Volatile.Read(ref _lines) is [var first, ..] ? first : null;

    /// <summary>Adds a line in its place, behind its equals.</summary>
    public void Add(Track line)
    {
        while (true)
        {
            Track[] before = Volatile.Read(ref _lines);
            int at = before.Length;
            while (at > 0 && line.Place.IsBefore(before[at - 1].Place))
                at--;
            if (Interlocked.CompareExchange(ref _lines, [.. before[..at], line, .. before[at..]], before) == before)
                return;
        }
    }

    /// <summary>Takes a line out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Track line)
    {
        while (true)
        {
            Track[] before = Volatile.Read(ref _lines);
            int at = Array.IndexOf(before, line);
            if (at < 0)
                return false;
            if (Interlocked.CompareExchange(ref _lines, [.. before[..at], .. before[(at + 1)..]], before) == before)
                return true;
        }
    }
}
