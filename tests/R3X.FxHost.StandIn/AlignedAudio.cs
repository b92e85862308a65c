using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.StandIn;

/// <summary>A line's audio in pieces, each with the characters that begin in it.</summary>
/// <param name="Audio">The piece's bytes.</param>
/// <param name="Start">When it begins, in seconds from the line's start.</param>
/// <param name="Length">How long it sounds.</param>
/// <param name="Characters">Its characters.</param>
/// <param name="Starts">When each begins, in seconds from the line's start.</param>
/// <param name="Ends">When each ends.</param>
internal sealed record AlignedAudio(
    ReadOnlyMemory<byte> Audio,
    double Start,
    TimeSpan Length,
    IReadOnlyList<string> Characters,
    IReadOnlyList<double> Starts,
    IReadOnlyList<double> Ends)
{
    /// <summary>Cuts a line.</summary>
    /// <param name="take">The line.</param>
    /// <param name="audio">Its bytes in some format.</param>
    /// <param name="bytes">Bytes in a piece.</param>
    public static IEnumerable<AlignedAudio> Cut(Take take, byte[] audio, int bytes)
    {
        int character = 0;
        double Time(int at) => audio.Length == 0 ? 0 : take.Length.TotalSeconds * at / audio.Length;
        for (int at = 0; at < audio.Length; at += bytes)
        {
            int end = Math.Min(at + bytes, audio.Length);
            int first = character;
            while (character < take.Text.Length
                && (end == audio.Length || take.Times[character] < Time(end)))
            {
                character++;
            }

            int[] range = [.. Enumerable.Range(first, character - first)];
            yield return new AlignedAudio(
                audio.AsMemory(at..end), Time(at), TimeSpan.FromSeconds(Time(end) - Time(at)),
                [.. range.Select(i => take.Text[i].ToString())],
                [.. range.Select(i => take.Times[i])], [.. range.Select(i => take.Times[i + 1])]);
        }
    }
}
