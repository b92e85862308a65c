using System;
using System.Text;

namespace R3X.FxHost.Presets.Values;

/// <summary>Characters of values that were typed for others that look alike.</summary>
internal static class Lookalikes
{
    private const char FirstWide = '\uFF01';
    private const char LastWide = '\uFF5E';
    private const int WideOffset = FirstWide - '!';

    /// <summary>A text with its full-width signs (<c>３５％</c>) in plain ones; null when there are none.</summary>
    public static string? Narrow(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstWide, LastWide))
            return null;
        var narrow = new StringBuilder(text.Length);
        foreach (char c in text)
            narrow.Append(c is >= FirstWide and <= LastWide ? (char)(c - WideOffset) : c);
        return narrow.ToString();
    }

    /// <summary>
    /// A number in which letters stand for digits, with digits in their place: <c>4O%</c>, <c>l0 ms</c>. Null where
    /// there are none.
    /// </summary>
    /// <returns>The text, and the first such letter and its digit.</returns>
    public static (string Text, char Letter, char Digit)? Digits(string text)
    {
        var digits = new StringBuilder(text);
        (char Letter, char Digit)? first = null;
        int at = text[0] is '-' or '+' or '\u2212' ? 1 : 0;
        for (; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]) || text[at] is '.' or ',')
                continue;
            if (DigitLike(text[at]) is not { } digit)
                break;
            first ??= (text[at], digit);
            digits[at] = digit;
        }

        return first is { } letter ? (digits.ToString(), letter.Letter, letter.Digit) : null;
    }

    private static char? DigitLike(char c) => c switch
    {
        'O' or 'o' or 'Q' or '\u041E' or '\u043E' => '0',
        'l' or 'I' or '|' => '1',
        _ => null,
    };
}
