using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Presets.Comparing;

/// <summary>Which steps of two chains stand in the same order: as many as can, so that one step that moved is one difference.</summary>
internal static class StepOrder
{
    /// <summary>The longest common subsequence of two lists of names.</summary>
    public static IEnumerable<string> Kept(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        int[][] longest = [.. Enumerable.Range(0, first.Count + 1).Select(_ => new int[second.Count + 1])];
        for (int i = first.Count - 1; i >= 0; i--)
        {
            for (int j = second.Count - 1; j >= 0; j--)
                longest[i][j] = first[i] == second[j] ? longest[i + 1][j + 1] + 1 : Math.Max(longest[i + 1][j], longest[i][j + 1]);
        }

        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            if (first[i] == second[j])
            {
                yield return first[i++];
                j++;
            }
            else if (longest[i + 1][j] >= longest[i][j + 1])
                i++;
            else
                j++;
        }
    }
}
