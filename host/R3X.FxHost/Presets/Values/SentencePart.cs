using System;
using System.Buffers;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Values;

/// <summary>A word or a value of a sentence.</summary>
/// <param name="Start">Index of its first character.</param>
internal readonly record struct SentencePart(int Start, string Text, bool IsWord)
{
    private static readonly SearchValues<char> Dashes = SearchValues.Create("-–—−~.…,");

    /// <summary>Takes a sentence apart. Units belong to the number in front of them.</summary>
    public static List<SentencePart> Split(string text, int from)
    {
        var parts = new List<SentencePart>();
        for (int at = SkipBlanks(text, from); at < text.Length; at = SkipBlanks(text, at))
        {
            int end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            bool hasComma = end - at > 1 && text[end - 1] == ',';
            Add(parts, text, at, hasComma ? end - 1 : end);
            if (hasComma)
                parts.Add(new SentencePart(end - 1, ",", true));
            at = end;
        }

        return parts;
    }

    private static void Add(List<SentencePart> parts, string text, int start, int end)
    {
        string token = text[start..end];
        bool follows = parts.Count > 0 && !parts[^1].IsWord;
        bool isDash = token.AsSpan().IndexOfAnyExcept(Dashes) < 0;
        bool isWord = isDash ? follows : char.IsLetter(token[0]) && UnitSpelling.Find(token) is null;
        bool beginsNumber = char.IsAsciiDigit(token[0])
            || (token.Length > 1 && token[0] is '-' or '+' or '\u2212' && char.IsAsciiDigit(token[^1]));
        if (isWord || !follows || (beginsNumber && HasNumber(parts[^1].Text)))
            parts.Add(new SentencePart(start, token, isWord));
        else
            parts[^1] = parts[^1] with { Text = text[parts[^1].Start..end] };
    }

    private static bool HasNumber(string value) => value.AsSpan().ContainsAnyInRange('0', '9') && value[^1] != ':';

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
