using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using R3X.FxHost.Studio.Drafts;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Texts that are merged by their lines.</summary>
public sealed class LineMergeTests
{
    private static readonly Gen<(int Kind, int At)[]> Edits = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000]).Array[0, 4];

    [Theory]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n")]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", "A\nB\nc\n")]
    [InlineData("a\nb\n", "a\nb\nc\n", "A\nb\n", "A\nb\nc\n")]
    [InlineData("a\nb\nc", "a\nc", "a\nb\nc\nd", null)]
    [InlineData("a\nb\n", "a\n1\nb\n", "a\n2\nb\n", null)]
    [InlineData("a\nb\n", "a\n1\nb\n", "a\n1\nb\n", "a\n1\nb\n")]
    [InlineData("a\nb\nc\nd\n", "a\n1\n2\nd\n", "a\nb\n3\nd\n", null)]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\nb\n  1\nc\n", null)]
    [InlineData("", "a\n", "", "a\n")]
    public void Lines_are_merged_or_overlap(string basis, string mine, string theirs, string? merged)
    {
        (string text, bool overlaps) = LineMerge.Of(basis, mine, theirs);
        Assert.Equal((merged ?? text, merged is null), (text, overlaps));
    }

    [Fact]
    public void Whatever_two_change_nothing_is_lost_unless_it_is_told() =>
        Gen.Select(Gen.Int[0, 12], Edits, Edits).Sample((count, my, their) =>
        {
            string[] lines = [.. Enumerable.Range(0, count).Select(i => $"line {i}\n")];
            (string basis, string mine, string theirs) =
                (string.Concat(lines), Edited(lines, my, "mine"), Edited(lines, their, "theirs"));
            (string merged, bool overlaps) = LineMerge.Of(basis, mine, theirs);
            Assert.Equal((mine, false), LineMerge.Of(basis, mine, basis));
            Assert.Equal((theirs, false), LineMerge.Of(basis, basis, theirs));
            HashSet<string> all = [.. merged.Split('\n')];
            Assert.Empty(Added(mine).Except(all));
            if (!overlaps)
            {
                Assert.Empty(Added(theirs).Except(all));
                // What either took away is gone, and what both left is there.
                Assert.Equal(lines.Where(line => mine.Contains(line, StringComparison.Ordinal)
                    && theirs.Contains(line, StringComparison.Ordinal)),
                    lines.Where(line => merged.Contains(line, StringComparison.Ordinal)));
            }
        }, iter: 3_000, threads: 1);

    private static string Edited(string[] lines, (int Kind, int At)[] edits, string who)
    {
        List<string> text = [.. lines];
        foreach ((int kind, int at) in edits)
        {
            int index = at % (text.Count + 1);
            if (kind == 0 || index == text.Count)
                text.Insert(index, $"{who} put in {at}\n");
            else if (kind == 1)
                text.RemoveAt(index);
            else
                text[index] = $"{who} wrote {at}\n";
        }

        return string.Concat(text);
    }

    private static IEnumerable<string> Added(string text) =>
        text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("line", StringComparison.Ordinal));
}
