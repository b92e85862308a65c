using System;
using System.Collections.Generic;
using System.Linq;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>
/// Three-way merge of texts by their lines. DiffPlex finds the differences; its own merge is not used, as (in 1.9.0) it
/// drops changes that overlap in part and lines added at the end.
/// </summary>
internal static class LineMerge
{
    /// <summary>Merges two texts that began as the same.</summary>
    /// <param name="basis">What they began as.</param>
    /// <param name="mine">One, whose lines are taken where both changed the same lines.</param>
    /// <param name="theirs">The other.</param>
    /// <returns>The text, and whether both changed the same lines: then some of theirs are not in it.</returns>
    public static (string Text, bool Overlaps) Of(string basis, string mine, string theirs)
    {
        var lines = new LineEndingsPreservingChunker();
        DiffResult my = Differ.Instance.CreateDiffs(basis, mine, false, false, lines);
        DiffResult their = Differ.Instance.CreateDiffs(basis, theirs, false, false, lines);
        Change[] changes =
        [
            .. my.DiffBlocks.Select(block => new Change(block, true))
                .Concat(their.DiffBlocks.Select(block => new Change(block, false)))
                .OrderBy(change => change.Start).ThenBy(change => change.End),
        ];
        List<string> merged = [];
        bool overlaps = false;
        int at = 0, myShift = 0, theirShift = 0;
        for (int i = 0; i < changes.Length;)
        {
            int first = i, end = changes[i].End;
            for (i++; i < changes.Length && Belongs(changes.AsSpan(first..i), end, changes[i]); i++)
                end = Math.Max(end, changes[i].End);
            int start = changes[first].Start;
            merged.AddRange(my.PiecesOld.Skip(at).Take(start - at));
            int myGrowth = GrowthOf(changes.AsSpan(first..i), isMine: true);
            int theirGrowth = GrowthOf(changes.AsSpan(first..i), isMine: false);
            List<string> ours = [.. my.PiecesNew.Skip(start + myShift).Take(end - start + myGrowth)];
            List<string> others = [.. their.PiecesNew.Skip(start + theirShift).Take(end - start + theirGrowth)];
            bool isBoth = changes[first..i].Select(change => change.IsMine).Distinct().Count() > 1;
            overlaps |= isBoth && !ours.SequenceEqual(others);
            merged.AddRange(isBoth || changes[first].IsMine ? ours : others);
            (at, myShift, theirShift) = (end, myShift + myGrowth, theirShift + theirGrowth);
        }

        merged.AddRange(my.PiecesOld.Skip(at));
        return (string.Concat(merged), overlaps);
    }

    /// <summary>A text with the line ends that another has in the lines they share, and with its first elsewhere: a
    /// browser's text has one kind of them throughout.</summary>
    public static string WithLineEndsOf(string basis, string text)
    {
        var withEnds = new LineEndingsPreservingChunker();
        IReadOnlyList<string> known = withEnds.Chunk(basis), lines = withEnds.Chunk(text);
        string usual = known.Select(EndOf).FirstOrDefault(end => end.Length > 0) ?? "\n";
        string[] ends = [.. lines.Select(line => EndOf(line).Length == 0 ? "" : usual)];
        int at = 0, other = 0;
        foreach (DiffBlock block in Differ.Instance.CreateDiffs(
            basis, text, false, false, new LineChunker()).DiffBlocks.Append(new DiffBlock(known.Count, 0, 0, 0)))
        {
            for (; at < block.DeleteStartA && other < ends.Length; at++, other++)
                ends[other] = ends[other].Length > 0 && EndOf(known[at]) is { Length: > 0 } end ? end : ends[other];
            (at, other) = (at + block.DeleteCountA, other + block.InsertCountB);
        }

        return string.Concat(lines.Select((line, i) => line[..^EndOf(line).Length] + ends[i]));
    }

    /// <summary>In how many places two texts differ.</summary>
    public static int CountOf(string one, string other) => Differ.Instance.CreateDiffs(
        one, other, false, false, new LineEndingsPreservingChunker()).DiffBlocks.Count;

    private static string EndOf(string line) => line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n"
        : line is [.., '\n' or '\r'] ? line[^1..] : "";

    // Lines that were put in beside lines that the other changed may belong to those; line for line they do not.
    private static bool Belongs(ReadOnlySpan<Change> group, int end, Change next)
    {
        if (next.Start != end || group.IsEmpty)
            return next.Start < end;
        bool isLineForLine = next.IsLineForLine;
        foreach (Change change in group)
            isLineForLine &= change.IsLineForLine;
        return !isLineForLine;
    }

    private static int GrowthOf(ReadOnlySpan<Change> changes, bool isMine)
    {
        int growth = 0;
        foreach (Change change in changes)
            growth += change.IsMine == isMine ? change.Growth : 0;
        return growth;
    }

    private readonly record struct Change(int Start, int End, int Growth, bool IsMine)
    {
        public Change(DiffBlock block, bool isMine)
            : this(block.DeleteStartA, block.DeleteStartA + block.DeleteCountA,
                block.InsertCountB - block.DeleteCountA, isMine)
        {
        }

        public bool IsLineForLine => Growth == 0;
    }
}
