using System;
using System.Collections.Generic;

namespace R3X.FxHost.Speaking;

/// <summary>Lines whose last frame is in the device and has yet to leave it, in that order. Loudspeaker's thread.</summary>
internal sealed class UnheardLines
{
    private readonly Queue<(PlayoutLine Line, long End)> _lines = new(64);

    /// <summary>Whether everything was heard.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="end">The device's frame behind its last one.</param>
    public void Add(PlayoutLine line, long end) => _lines.Enqueue((line, end));

    /// <summary>Ends the lines that have been heard.</summary>
    /// <param name="position">The frame the device is at.</param>
    public void HeardUntil(double position)
    {
        while (_lines.TryPeek(out (PlayoutLine Line, long End) first) && first.End <= position)
            _lines.Dequeue().Line.EndHeard();
    }

    /// <summary>Ends all of them some other way.</summary>
    public void EndAll(Action<PlayoutLine> end)
    {
        while (_lines.TryDequeue(out (PlayoutLine Line, long End) first))
            end(first.Line);
    }
}
