using System;
using System.Buffers;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>Recognises what people commonly get wrong within one line.</summary>
internal static class LineMistake
{
    private const int LinesToLookBack = 2;

    private static readonly SearchValues<char> Marks = SearchValues.Create("\"'{}[]");

    /// <summary>Looks at a line, and at those just above for what the parser notices late.</summary>
    public static SyntaxMistake? Find(SourceText source, int line)
    {
        if (FindInValue(source, line) is { } found)
            return found;
        int above = line;
        for (int back = 0; back <= LinesToLookBack && above >= 1; back++)
        {
            if (FindMissingColon(source, above, sure: back > 0 || above == line) is { } missing)
                return missing;
            if (above == 1)
                return null;
            above = SyntaxMistake.LastWritten(source, above - 1);
        }

        return null;
    }

    /// <summary>The right spelling of <c>mix:35%</c>, or null when that is not what is wrong with a text.</summary>
    public static string? WithSpaceAfterColon(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon + 1 >= text.Length || text[colon + 1] is ' ' or '/' || !char.IsAsciiLetter(text[0]))
            return null;
        foreach (char c in text.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return null;
        }

        return $"{text[..colon]}: {text[(colon + 1)..].TrimStart()}";
    }

    /// <summary>What to say of a value that begins with a sign YAML keeps for itself.</summary>
    public static Diagnostic OfFirstSign(string value)
    {
        string fix = value[0] == '%' && value.Length > 1
            && char.IsAsciiDigit(value[1]) ? value[1..] + "%" : $"'{value}'";
        return new Diagnostic($"A value cannot begin with \"{value[0]}\".", $"Write {Shown(fix)}.");
    }

    private static SyntaxMistake? FindInValue(SourceText source, int line)
    {
        (int start, int end) = Written(source, line);
        ReadOnlySpan<char> text = source.Text.AsSpan(start, end - start);
        int colon = text.IndexOf(": ");
        if (colon < 0)
            return null;
        int from = colon + 1;
        while (from < text.Length && text[from] == ' ')
            from++;
        if (from == text.Length)
            return null;
        string value = text[from..].ToString();
        SourceSpan at = source.Span(start + from, end);
        if (value[0] == '-' && value.Length > 1 && value[1] == ' ')
            return OfDash(at, value);
        if (value[0] is '%' or '@' or '`')
            return new SyntaxMistake(at, OfFirstSign(value));

        if (value[0] is '"' or '\'' && value.IndexOf(value[0], 1) is > 0 and int close && close + 1 < value.Length)
            return new SyntaxMistake(source.Span(start + from + close + 1, end),
                new Diagnostic("Text follows behind the closing quote.", "Put all of the text inside the quotes."));
        return FindSecondColon(source, line, text[..colon].ToString(), value, at);
    }

    private static SyntaxMistake OfDash(SourceSpan at, string value)
    {
        string rest = value[1..].TrimStart();
        return rest.Length > 0 && char.IsAsciiDigit(rest[0])
            ? new SyntaxMistake(
                at, new Diagnostic($"A space stands between the minus and the number in {Diagnostic.Quote(value)}.",
                Fix.Write($"-{rest}")))
            : new SyntaxMistake(at, new Diagnostic(
                "A list cannot begin in the line of its name.", "Move it to the next line, two spaces further in."));
    }

    private static SyntaxMistake? FindSecondColon(SourceText source, int line, string key, string value, SourceSpan at)
    {
        if (value[0] is '"' or '\'' or '{' or '[' or '|' or '>')
            return null;
        int second = value.IndexOf(": ", StringComparison.Ordinal);
        if (second < 0 && value.EndsWith(':'))
            second = value.Length - 1;
        if (second < 0)
            return null;
        SourceSpan colon = source.SpanAt(source.StartOf(line) + at.Column - 1 + second);
        bool isWord = !value.AsSpan(0, second).ContainsAny(' ', ',');
        return key.StartsWith("- ", StringComparison.Ordinal) && isWord
            ? new SyntaxMistake(colon, new Diagnostic(
                "A second colon stands in this line.", $"Write {Shown($"{key}: {{ {value} }}")}."))
            : new SyntaxMistake(colon, new Diagnostic(
                "A second colon stands in this line.", $"Put the text in quotes: {Shown($"{key}: '{value}'")}."));
    }

    private static SyntaxMistake? FindMissingColon(SourceText source, int line, bool sure)
    {
        (int start, int end) = Written(source, line);
        string text = source.Text[start..end];
        while (text.StartsWith("- ", StringComparison.Ordinal))
        {
            text = text[2..].TrimStart();
            sure = false;
        }

        SourceSpan at = source.Span(end - text.Length, end);
        if (WithSpaceAfterColon(text) is { } spaced)
            return new SyntaxMistake(
                at, new Diagnostic("No space stands behind the colon.", new Fix($"Write {Shown(spaced)}.", spaced)));
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (!sure || text.Length == 0 || !char.IsAsciiLetter(text[0]) || text.Contains(':', StringComparison.Ordinal)
            || text.AsSpan().ContainsAny(Marks))
            return null;
        if (blank <= 0 && HasMoreBelow(source, line))
        {
            string message = $"{Diagnostic.Quote(text)} has lines below it, but no colon.";
            return new SyntaxMistake(at, new Diagnostic(message, $"Write {Shown(text + ":")}."));
        }

        return new SyntaxMistake(
            at,
            blank > 0
                ? new Diagnostic($"No colon stands behind {Diagnostic.Quote(text[..blank])}.",
                    $"Write {Shown($"{text[..blank]}: {text[blank..].TrimStart()}")}.")
                : new Diagnostic($"{Diagnostic.Quote(text)} has no colon and no value.",
                    $"Write {Shown(text + ": ...")} with its value, or remove it."));
    }

    // Whether the next line in which something stands is indented deeper, or an item of a list.
    private static bool HasMoreBelow(SourceText source, int line)
    {
        int depth = OddCharacters.BlanksOf(source.Line(line));
        for (int below = line + 1; below <= source.LineCount; below++)
        {
            string text = source.Line(below);
            int blanks = OddCharacters.BlanksOf(text);
            if (blanks < text.Length && text[blanks] != '#')
                return blanks > depth || (blanks == depth && text.AsSpan(blanks).StartsWith("- "));
        }

        return false;
    }

    // A line without the blanks around it and without its comment.
    private static (int Start, int End) Written(SourceText source, int line)
    {
        int start = source.StartOf(line);
        ReadOnlySpan<char> text = source.Text.AsSpan(start, source.EndOf(line) - start);
        int comment = text.IndexOf(" #");
        if (comment >= 0)
            text = text[..comment];
        int blanks = OddCharacters.BlanksOf(text);
        return (start + blanks, start + Math.Max(blanks, text.TrimEnd().Length));
    }

    private static string Shown(string text) => text.Contains('"', StringComparison.Ordinal) ? text : $"\"{text}\"";
}
