using System;
using System.Collections.Generic;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// Guesses the name that was meant: the same name in another spelling, one with few slips (Damerau-Levenshtein
/// distance, optimal string alignment), one word of a longer name, or one that was abbreviated.
/// </summary>
// Not Quickenshtein: a swapped pair is one slip here, and abbreviations and parts of names count.
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The name that was probably meant, or null when none is near.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">The names there are.</param>
    public static string? Find(string written, IEnumerable<string> names)
    {
        string plain = Plain(written);
        if (plain.Length is 0 or > LongestName)
            return null;
        string? best = null;
        int lowest = int.MaxValue;
        foreach (string name in names)
        {
            int cost = Cost(plain, Plain(name), written, name);
            if (cost < lowest)
                (best, lowest) = (name, cost);
        }

        return best;
    }

    // Slips come first, then a word of a longer name, then abbreviations, the shortest name first.
    private static int Cost(string written, string name, string rawWritten, string rawName)
    {
        if (written == name)
            return 0;
        if (name.Length is 0 or > LongestName)
            return int.MaxValue;
        int slips = Distance(written, name);
        if (slips <= Math.Max(1, Math.Min(written.Length, name.Length) / 3) && written.Length > 1)
            return slips;
        if (SharesWord(rawWritten, rawName))
            return 100 + name.Length;
        return written.Length >= 2 && written[0] == name[0]
            && IsWithin(written, name) ? 200 + name.Length : int.MaxValue;
    }

    private static string Plain(string name)
    {
        if (name.Length > 2 * LongestName)
            return "";
        Span<char> kept = stackalloc char[name.Length];
        int length = 0;
        foreach (char c in name)
        {
            if (c is not ('-' or '_' or ' ' or '.'))
                kept[length++] = char.ToUpperInvariant(c);
        }

        return kept[..length].ToString();
    }

    private static bool SharesWord(string written, string name)
    {
        foreach (string word in written.Split('-', '_', ' '))
        {
            if (word.Length < 3)
                continue;
            foreach (string part in name.Split('-'))
            {
                if (part.Equals(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static bool IsWithin(string letters, string name)
    {
        int next = 0;
        foreach (char c in name)
        {
            if (next < letters.Length && letters[next] == c)
                next++;
        }

        return next == letters.Length;
    }

    private static int Distance(string a, string b)
    {
        int width = b.Length + 1;
        Span<int> rows = stackalloc int[3 * (LongestName + 1)];
        Span<int> before = rows[..width];
        Span<int> above = rows.Slice(width, width);
        Span<int> row = rows.Slice(2 * width, width);
        for (int j = 0; j < width; j++)
            above[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j < width; j++)
            {
                int swap = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + swap);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            Span<int> oldest = before;
            before = above;
            above = row;
            row = oldest;
        }

        return above[b.Length];
    }
}
