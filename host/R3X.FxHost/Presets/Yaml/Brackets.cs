using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>Finds brackets without a partner, the way people look for them: quotes and comments are passed
/// over.</summary>
internal static class Brackets
{
    /// <summary>The index of the first bracket that is never closed, or of the first that closes nothing; else
    /// -1.</summary>
    public static int FindAlone(string text, out char expected) => Scan(text, text.Length, out expected, out _);

    /// <summary>The index of the innermost bracket that is open at an index; -1 when none is.</summary>
    public static int FindAround(string text, int index)
    {
        Scan(text, index, out _, out int innermost);
        return innermost;
    }

    private static int Scan(string text, int length, out char expected, out int innermost)
    {
        Stack<int> open = [];
        innermost = -1;
        bool begins = true;
        for (int i = 0; i < length; i++)
        {
            char c = text[i];
            if (c is '"' or '\'' && begins)
                i = EndOfQuote(text, i);
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
                i = EndOfLine(text, i) - 1;
            else if (c is '{' or '[' && begins)
                open.Push(i);
            else if (c is '}' or ']' && (open.Count > 0 || begins) && !Closes(text, open, c))
            {
                expected = open.Count > 0 ? PartnerOf(text[open.Peek()]) : PartnerOf(c);
                return i;
            }

            begins = c is '\n' or '\r' or '{' or '[' or ','
                || (c is ' ' or '\t' && (begins || (i > 0 && text[i - 1] is ':' or '-')));
        }

        innermost = open.Count > 0 ? open.Peek() : -1;
        int first = -1;
        while (open.Count > 0)
            first = open.Pop();
        expected = first < 0 ? ' ' : PartnerOf(text[first]);
        return first;
    }

    private static char PartnerOf(char bracket) => bracket switch { '{' => '}', '[' => ']', '}' => '{', _ => '[' };

    private static bool Closes(string text, Stack<int> open, char closing)
    {
        if (open.Count == 0 || (text[open.Peek()] == '{') != (closing == '}'))
            return false;
        open.Pop();
        return true;
    }

    // A quote that is not closed in its line is another mistake; the scan goes on behind it.
    private static int EndOfQuote(string text, int start)
    {
        int lineEnd = EndOfLine(text, start);
        for (int i = start + 1; i < lineEnd; i++)
        {
            if (text[i] == '\\' && text[start] == '"')
                i++;
            else if (text[i] == text[start])
                return i;
        }

        return start;
    }

    private static int EndOfLine(string text, int start)
    {
        int end = text.AsSpan(start).IndexOfAny('\n', '\r');
        return end < 0 ? text.Length : start + end;
    }
}
