using System;
using System.Threading;

namespace R3X.FxHost.Speaking.Playout;

/// <summary>The lines that wait for the loudspeaker, in the order in which they will be heard. Any thread; nobody waits for another.</summary>
internal sealed class PlayoutOrder
{
    private PlayoutLine[] _lines = [];

    /// <summary>The line to be heard next; null when there is none.</summary>
    public PlayoutLine? First => Volatile.Read(ref _lines) is [var first, ..] ? first : null;

    /// <summary>Adds a line in its place, behind its equals.</summary>
    public void Add(PlayoutLine line)
    {
        while (true)
        {
            PlayoutLine[] before = Volatile.Read(ref _lines);
            int at = before.Length;
            while (at > 0 && line.Place.IsBefore(before[at - 1].Place))
                at--;
            if (Interlocked.CompareExchange(ref _lines, [.. before[..at], line, .. before[at..]], before) == before)
                return;
        }
    }

    /// <summary>Takes a line out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(PlayoutLine line)
    {
        while (true)
        {
            PlayoutLine[] before = Volatile.Read(ref _lines);
            int at = Array.IndexOf(before, line);
            if (at < 0)
                return false;
            if (Interlocked.CompareExchange(ref _lines, [.. before[..at], .. before[(at + 1)..]], before) == before)
                return true;
        }
    }
}
