using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>
/// A line's text taken apart once, so that any number of presets can ask what it says. A word is a run of letters and
/// digits, an apostrophe between two of them included. Case is gone. Immutable.
/// </summary>
internal sealed class SpokenText
{
    private readonly HashSet<string> _words;
    private readonly HashSet<string> _directions;
    private readonly string _running;

    private SpokenText(List<string> words, HashSet<string> directions, int letters)
    {
        _words = [.. words];
        _directions = directions;
        _running = Run(words);
        Letters = letters;
    }

    /// <summary>How many letters and digits are spoken: blanks, punctuation and directions in brackets do not
    /// count.</summary>
    public int Letters { get; }

    /// <summary>Takes a text apart; null when there is nothing in it.</summary>
    public static SpokenText? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        HashSet<string> directions = [];
        int letters = 0;
        int at = 0;
        foreach ((int start, int end) in BracketsIn(text))
        {
            letters += LettersIn(text.AsSpan(at, start - at));
            directions.Add(Run(WordsIn(text[start..end])));
            at = end;
        }

        letters += LettersIn(text.AsSpan(at));
        return new SpokenText(WordsIn(text), directions, letters);
    }

    /// <summary>Whether it says a word, or several in a row, or gives a direction.</summary>
    public bool Says(SoughtWord word) => word.Kind switch
    {
        SoughtKind.Word => _words.Contains(word.Key),
        SoughtKind.Direction => _directions.Contains(word.Key),
        _ => _running.Contains(word.Key, StringComparison.Ordinal),
    };

    /// <summary>The words of a text in their order, in capitals.</summary>
    public static List<string> WordsIn(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        Rune before = default;
        foreach (Rune rune in Composed.Of(text).EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                if (IsApostrophe(before) && word.Length > 0)
                    word.Append('\'');
                word.Append(Rune.ToUpperInvariant(rune).ToString());
            }
            else if (word.Length > 0 && (!IsApostrophe(rune) || IsApostrophe(before)))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            before = rune;
        }

        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Words one behind the other with a blank around each, so that a run of whole words can be looked for in
    /// it.</summary>
    public static string Run(List<string> words) => $" {string.Join(' ', words)} ";

    private static IEnumerable<(int Start, int End)> BracketsIn(string text)
    {
        for (int start = text.IndexOf('[', StringComparison.Ordinal); start >= 0; start = text.IndexOf('[', start + 1))
        {
            int end = text.IndexOf(']', start);
            if (end < 0)
                yield break;
            // The innermost bracket is the direction.
            start = text.LastIndexOf('[', end);
            yield return (start, end + 1);
            start = end;
        }
    }

    private static int LettersIn(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
            count += Rune.IsLetterOrDigit(rune) ? 1 : 0;
        return count;
    }

    // A mark belongs to the letter in front of it: some scripts write vowels so.
    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’';
}

/// <summary>What an item of <c>words:</c> is.</summary>
internal enum SoughtKind
{
    /// <summary>One word.</summary>
    Word,

    /// <summary>Several words in a row.</summary>
    Phrase,

    /// <summary>A direction in brackets, such as <c>[whispers]</c>.</summary>
    Direction,
}

/// <summary>An item of <c>words:</c>, ready to be looked for.</summary>
internal sealed record SoughtWord(string Written, SoughtKind Kind, string Key)
{
    /// <summary>Prepares an item; null when no letter is in it.</summary>
    public static SoughtWord? Of(string written)
    {
        List<string> words = SpokenText.WordsIn(written);
        if (words.Count == 0)
            return null;
        if (written.StartsWith('[') && written.EndsWith(']'))
            return new SoughtWord(written, SoughtKind.Direction, SpokenText.Run(words));
        return words.Count == 1
            ? new SoughtWord(written, SoughtKind.Word, words[0])
            : new SoughtWord(written, SoughtKind.Phrase, SpokenText.Run(words));
    }
}
