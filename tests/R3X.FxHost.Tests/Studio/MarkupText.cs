using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Tests.Studio;

/// <summary>A component without its code: what it shows as it stands there.</summary>
internal static partial class MarkupText
{
    /// <summary>The markup, its expressions and statements left out.</summary>
    public static string Of(string component)
    {
        string markup = Comments.Replace(component, "");
        int code = markup.IndexOf("@code", StringComparison.Ordinal);
        markup = code < 0 ? markup : markup[..code];
        var kept = new StringBuilder();
        for (int at = 0; at < markup.Length;)
        {
            if (markup[at] == '@')
                at = AfterExpression(markup, at + 1);
            else
                kept.Append(markup[at++]);
        }

        return Statements.Replace(kept.ToString(), "");
    }

    /// <summary>The words that people would read or hear.</summary>
    public static IEnumerable<string> Words(string markup)
    {
        foreach (Match said in SaidAttributes.Matches(markup))
            yield return said.Groups["text"].Value;
        string bare = Entities.Replace(Tags.Replace(Attributes.Replace(markup, ""), "\n"), "");
        foreach (string line in bare.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Any(char.IsLetter))
                yield return line;
        }
    }

    // A name with what follows it: members, arguments, indexes; or something in brackets.
    private static int AfterExpression(string text, int at)
    {
        if (at < text.Length && text[at] == '{')
            return AfterBrackets(text, at);
        int word = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or ':'))
            at++;
        if (Keywords.IsMatch(text[word..at]))
            return AfterBrackets(text, text.IndexOf('(', at));
        if (text[word..at] is "page" or "implements" or "inherits" or "using" or "layout" or "typeparam" or "attribute")
            return text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
        while (at < text.Length)
        {
            if (text[at] is '(' or '[')
                at = AfterBrackets(text, at);
            else if (Member.Match(text, at) is { Success: true } member)
                at += member.Length;
            else
                break;
        }

        return at;
    }

    private static int AfterBrackets(string text, int at)
    {
        int depth = 0;
        bool isQuoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
                isQuoted = !isQuoted;
            if (isQuoted)
                continue;
            depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' ? -1 : 0;
            if (depth == 0)
                return at + 1;
        }

        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments { get; }

    [GeneratedRegex(@"\G[!?]?\.\w+")]
    private static partial Regex Member { get; }

    [GeneratedRegex("^(if|foreach|for|switch|while)$")]
    private static partial Regex Keywords { get; }

    // What is left of statements: else, case, and lines of C# that end as such do.
    [GeneratedRegex(
        @"^\s*((else )?(if|foreach|for|while|switch) \(.*\)|else|case .*:|default:|[^&\n]*;)\s*$",
        RegexOptions.Multiline)]
    private static partial Regex Statements { get; }

    [GeneratedRegex("""
        \s(aria-label|aria-description|aria-valuetext|title|placeholder|alt|label)="(?<text>[^"]*\p{L}[^"]*)["]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SaidAttributes { get; }

    // A letter that no keyboard has.
    [GeneratedRegex(@"&#?\w+;")]
    private static partial Regex Entities { get; }

    [GeneratedRegex("=\"[^\"]*\"")]
    private static partial Regex Attributes { get; }

    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags { get; }
}
