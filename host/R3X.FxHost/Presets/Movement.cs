using System;

namespace R3X.FxHost.Presets;

/// <summary>
/// Sentences that move a setting. This version only knows that they are ones; the parser that understands them takes this
/// place, beside <see cref="ValueReader"/>.
/// </summary>
internal static class Movement
{
    private static readonly string[] FirstWords = ["wobble", "sweep", "random", "pick", "follow"];

    /// <summary>The word that makes a text a sentence of movement, or null.</summary>
    public static string? FirstWordOf(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        foreach (string word in FirstWords)
        {
            if (trimmed.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (trimmed.Length == word.Length || trimmed[word.Length] == ' '))
                return word;
        }

        return null;
    }
}
