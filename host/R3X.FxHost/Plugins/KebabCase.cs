using System;

namespace R3X.FxHost.Plugins;

/// <summary>The form of every id: lower-case words and digits joined by single hyphens, a letter first.</summary>
internal static class KebabCase
{
    private const int MaximumLength = 64;

    /// <summary>What to tell people who write it otherwise.</summary>
    public const string Rule =
        "lower-case letters and digits, words joined by single hyphens, a letter first, such as \"ring-mod\"";

    /// <summary>An id as a message shows it, however long it is.</summary>
    public static string Quote(string id) =>
        id.Length <= MaximumLength ? $"\"{id}\"" : $"\"{id.AsSpan(0, MaximumLength)}...\"";

    /// <summary>Whether an id has the form.</summary>
    public static bool IsValid(string id)
    {
        if (id.Length is 0 or > MaximumLength || !char.IsAsciiLetterLower(id[0]) || id[^1] == '-')
            return false;
        foreach (char c in id)
        {
            if (c != '-' && !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
                return false;
        }

        return !id.Contains("--", StringComparison.Ordinal);
    }
}
