using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>
/// Text with every accent written into its letter (Unicode's form C), so that names are the same however they were
/// typed or stored: macOS and some editors write é as e and an accent. The system's own <c>Normalize</c> does nothing
/// in a program without culture data, as the command is. Any thread.
/// </summary>
internal static class Composed
{
    private const int HangulBase = 0xAC00;
    private const int HangulEnd = 0xD7A4;
    private const int LeadBase = 0x1100;
    private const int LeadCount = 19;
    private const int VowelBase = 0x1161;
    private const int VowelCount = 21;
    private const int TrailBase = 0x11A7;
    private const int TrailCount = 28;
    private const int TripleLength = 12;

    // The first letter and mark of each are what the third stands for.
    private static readonly Lazy<Dictionary<(char Letter, char Mark), char>> s_pairs = new(ReadPairs);

    /// <summary>The text composed; the same object where nothing is to be done. Marks are taken in order.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        StringBuilder? composed = null;
        for (int i = 0; i < text.Length; i++)
        {
            char? last = composed is { Length: > 0 } ? composed[^1] : composed is null && i > 0 ? text[i - 1] : null;
            char? whole = last is { } letter ? Pair(letter, text[i]) : null;
            if (whole is { } one)
            {
                composed ??= new StringBuilder(text, 0, i, text.Length);
                composed[^1] = one;
            }
            else
            {
                composed?.Append(text[i]);
            }
        }

        return composed?.ToString() ?? text;
    }

    private static char? Pair(char letter, char mark)
    {
        if (mark < 0x300)
            return null;
        int lead = letter - LeadBase;
        int vowel = mark - VowelBase;
        int trail = mark - TrailBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return (char)(HangulBase + (((lead * VowelCount) + vowel) * TrailCount));
        bool isOpen = letter is >= (char)HangulBase and < (char)HangulEnd && (letter - HangulBase) % TrailCount == 0;
        if (isOpen && trail is > 0 and < TrailCount)
            return (char)(letter + trail);
        return s_pairs.Value.TryGetValue((letter, mark), out char whole) ? whole : null;
    }

    private static Dictionary<(char Letter, char Mark), char> ReadPairs()
    {
        using Stream file = typeof(Composed).Assembly.GetManifestResourceStream("compositions.txt")!;
        using var reader = new StreamReader(file);
        var pairs = new Dictionary<(char, char), char>();
        foreach (string triple in reader.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (triple.Length == TripleLength)
                pairs[(Letter(triple, 4), Letter(triple, 8))] = Letter(triple, 0);
        }

        return pairs;
    }

    private static char Letter(string triple, int at) => (char)Convert.ToUInt16(triple.Substring(at, 4), 16);
}
