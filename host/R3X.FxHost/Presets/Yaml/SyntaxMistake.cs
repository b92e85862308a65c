using System;
using R3X.FxHost.Presets.Diagnostics;
using YamlDotNet.Core;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>A mistake in the YAML itself, said in the words of somebody who does not know YAML.</summary>
internal sealed record SyntaxMistake(SourceSpan At, Diagnostic Diagnostic)
{
    /// <summary>The line that, with those below it that are indented deeper, cannot be read.</summary>
    public int FirstLine { get; init; } = At.Line;

    /// <summary>
    /// Works out what is wrong. The parser only knows where it could not go on, which is often a line too late, and
    /// after an unclosed bracket not even that.
    /// </summary>
    public static SyntaxMistake Find(SourceText source, ParsableText text, Exception gaveUp)
    {
        int stop = gaveUp is YamlException yaml ? text.OriginOf(yaml.Start.Index) : source.Text.Length;
        if (FindQuote(source, stop) is { } quote)
            return quote;
        int bracket = Brackets.FindAlone(source.Text, out char expected);
        if (bracket >= 0 && (bracket <= stop || gaveUp is not YamlException))
            return OfBracket(source, bracket, expected);
        int around = Brackets.FindAround(source.Text, stop);
        if (around >= 0)
            return InsideBracket(source, around, stop);
        int line = LastWritten(source, source.LineAt(stop));
        return LineMistake.Find(source, line)
            ?? IndentMistake.Find(source, line)
            ?? new SyntaxMistake(WholeLine(source, line), Unclear(gaveUp));
    }

    /// <summary>A line from its first character that is no blank.</summary>
    public static SourceSpan WholeLine(SourceText source, int line)
    {
        int start = source.StartOf(line);
        int end = source.EndOf(line);
        return source.Span(start + OddCharacters.BlanksOf(source.Text.AsSpan(start, end - start)), end);
    }

    /// <summary>The line itself, or the nearest above it in which something stands; 1 when there is none.</summary>
    public static int LastWritten(SourceText source, int line)
    {
        while (line > 1
            && source.Text.AsSpan(source.StartOf(line), source.EndOf(line) - source.StartOf(line)).IsWhiteSpace())
            line--;
        return line;
    }

    private static SyntaxMistake? FindQuote(SourceText source, int stop)
    {
        if (stop >= source.Text.Length || source.Text[stop] is not ('"' or '\''))
            return null;
        char quote = source.Text[stop];
        int end = source.EndOf(source.LineAt(stop));
        if (source.Text.AsSpan(stop + 1, end - stop - 1).Contains(quote))
        {
            return quote == '"' && source.Text.AsSpan(stop, end - stop).Contains('\\')
                ? new SyntaxMistake(source.Span(stop, end), new Diagnostic(
                    "A backslash inside double quotes begins a special sign, and this is none.",
                    "Use single quotes around the text, or two backslashes."))
                : null;
        }

        return new SyntaxMistake(source.Span(stop, end),
            new Diagnostic($"This text begins with {quote} and never ends.", $"Put {quote} behind its last word."));
    }

    private static SyntaxMistake OfBracket(SourceText source, int index, char expected)
    {
        char found = source.Text[index];
        Diagnostic diagnostic = (found, expected) switch
        {
            ('{', _) => new Diagnostic("\"{\" is never closed.", "Put \"}\" behind the last setting."),
            ('[', _) => new Diagnostic("\"[\" is never closed.", "Put \"]\" behind the last item."),
            (_, '}' or ']') => new Diagnostic(
                $"\"{found}\" closes what was opened with \"{(expected == '}' ? '{' : '[')}\".",
                Fix.Write($"{expected}")),
            _ => new Diagnostic(
                $"\"{found}\" closes nothing.", $"Remove it, or put \"{expected}\" where it should begin."),
        };
        return new SyntaxMistake(source.SpanAt(index), diagnostic);
    }

    // What is wrong between brackets that are closed is nearly always a comma.
    private static SyntaxMistake InsideBracket(SourceText source, int bracket, int stop)
    {
        if (stop < source.Text.Length && source.Text[stop] is '%' or '@' or '`')
        {
            int over = stop + 1;
            while (over < source.Text.Length && source.Text[over] is not (' ' or ',' or '}' or ']' or '\r' or '\n'))
                over++;
            return new SyntaxMistake(source.Span(stop, over),
                LineMistake.OfFirstSign(source.Text[stop..over])) { FirstLine = source.LineAt(bracket) };
        }

        int end = stop;
        while (end < source.Text.Length && IsOfName(source.Text[end]))
            end++;
        int start = stop;
        while (start > bracket + 1 && IsOfName(source.Text[start - 1]))
            start--;
        string name = source.Text[start..end];
        Diagnostic diagnostic = name switch
        {
            "" => new Diagnostic("This does not belong between brackets.",
                "Put a comma between one item and the next, and quotes around text with other signs."),
            "-" => new Diagnostic("Items between brackets have no dashes.",
                "Take the dashes away; a comma stands between one item and the next."),
            _ => new Diagnostic($"A comma is missing in front of {Diagnostic.Quote(name)}.", Fix.Write($", {name}")),
        };
        return new SyntaxMistake(source.Span(start, Math.Max(end, start + 1)),
            diagnostic) { FirstLine = source.LineAt(bracket) };
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static Diagnostic Unclear(Exception gaveUp)
    {
        string said = gaveUp is YamlException ? gaveUp.Message.TrimEnd('.') : "the text ends too early";
        return new Diagnostic($"This line cannot be read (the YAML parser says: {said}).",
            "Compare it with the lines around it: the colon, the spaces in front, the quotes.");
    }
}
