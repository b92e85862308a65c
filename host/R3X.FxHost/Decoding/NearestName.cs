using System;
using System.Collections.Generic;

namespace R3X.FxHost.Decoding;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits, or null when none is within a third of the name's length.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int edits = Edits(name, candidate);
            if (edits < least)
            {
                least = edits;
                nearest = candidate;
            }
        }

        return nearest;
    }

    // Wagner and Fischer, "The String-to-String Correction Problem", 1974; one row at a time.
    private static int Edits(string from, string to)
    {
        int[] row = new int[to.Length + 1];
        for (int j = 0; j < row.Length; j++)
            row[j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
