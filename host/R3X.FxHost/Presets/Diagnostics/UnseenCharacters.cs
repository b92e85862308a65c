using System;
using System.Globalization;
using System.Text;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>
/// Blanks that look like a space and are none, and characters that are not seen at all. They come with pasted text.
/// </summary>
internal static class UnseenCharacters
{
    /// <summary>How an excerpt shows a blank that is no space.</summary>
    public const char ShownBlank = '␣';

    /// <summary>How an excerpt shows what cannot be seen.</summary>
    public const char ShownInvisible = '\uFFFD';

    /// <summary>Whether a character looks like a space and is none.</summary>
    public static bool IsOddBlank(char c) => c > '~' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator;

    /// <summary>Whether a character takes no room and means nothing; joiners of emoji do mean something.</summary>
    public static bool IsInvisible(char c) => c is '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF';

    /// <summary>What a character is called, with its number: <c>a no-break space (U+00A0)</c>.</summary>
    public static string NameOf(char c)
    {
        string name = c switch
        {
            '\u00A0' => "a no-break space",
            '\u202F' => "a narrow no-break space",
            '\u2007' => "a figure space",
            '\u2009' => "a thin space",
            '\u3000' => "an ideographic space",
            '\u00AD' => "a soft hyphen",
            '\u200B' => "a zero-width space",
            '\u200E' or '\u200F' => "a direction mark",
            '\u2060' => "a word joiner",
            '\uFEFF' => "a byte order mark",
            _ => "a blank that is no space",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{name} (U+{(int)c:X4})");
    }

    /// <summary>The text as people can see it, character for character.</summary>
    public static string Shown(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (char c in text)
            shown.Append(IsOddBlank(c) ? ShownBlank : IsInvisible(c) ? ShownInvisible : c);
        return shown.ToString();
    }

    /// <summary>The text without what cannot be seen; the first of that in <paramref name="found"/>.</summary>
    public static string Without(string text, out char? found)
    {
        found = null;
        foreach (char c in text)
        {
            if (IsInvisible(c))
                found ??= c;
        }

        return found is null ? text : string.Concat(Array.FindAll(text.ToCharArray(), c => !IsInvisible(c)));
    }
}
