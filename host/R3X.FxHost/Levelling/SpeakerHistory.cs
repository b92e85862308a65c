using System;
using System.Collections.Generic;

namespace R3X.FxHost.Levelling;

/// <summary>
/// How loud each speaker's lines arrived, so that the next one starts at the right level. It knows the last 64 of them,
/// and asks and tells what hosts know together. Any thread; not the audio path.
/// </summary>
/// <param name="shared">What hosts know together; null where there is nothing such.</param>
internal sealed class SpeakerHistory(ISpeakerLevels? shared = null)
{
    private const int MostEntries = 64;

    // Half the last line, half those before it.
    private const double Newest = 0.5;

    private readonly Dictionary<(string Speaker, string Place), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = [];

    /// <summary>What is remembered, in LUFS; null when there is nothing.</summary>
    /// <param name="speaker">Whose lines; empty for those of nobody in particular.</param>
    /// <param name="place">Where it was measured: a preset's id for its match point, empty for the line as it
    /// arrived.</param>
    public double? Recall(string speaker, string place)
    {
        if (RecallShared(speaker, place) is { } known)
            return known;
        lock (_entries)
            return _entries.TryGetValue((speaker, place), out LinkedListNode<Entry>? entry)
                ? entry.Value.Loudness : null;
    }

    /// <summary>Remembers a line.</summary>
    /// <inheritdoc cref="Recall"/>
    /// <param name="speaker">Whose line.</param>
    /// <param name="place">Where it was measured.</param>
    /// <param name="loudness">In LUFS.</param>
    public void Remember(string speaker, string place, double loudness)
    {
        double? others = RecallShared(speaker, place);
        lock (_entries)
        {
            double? own = null;
            if (_entries.Remove((speaker, place), out LinkedListNode<Entry>? entry))
            {
                _byAge.Remove(entry);
                own = entry.Value.Loudness;
            }

            if ((others ?? own) is { } known)
                loudness = known + (Newest * (loudness - known));
            _entries[(speaker, place)] = _byAge.AddLast(new Entry((speaker, place), loudness));
            if (_entries.Count > MostEntries)
            {
                _entries.Remove(_byAge.First!.Value.Key);
                _byAge.RemoveFirst();
            }
        }

        try
        {
            shared?.Remember(speaker, place, loudness);
        }
        catch (Exception)
        {
            // Of a program's own store: the line is over, and this host remembers it.
        }
    }

    private double? RecallShared(string speaker, string place)
    {
        try
        {
            return shared?.Recall(speaker, place) is { } known && double.IsFinite(known) ? known : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private readonly record struct Entry((string Speaker, string Place) Key, double Loudness);
}
