using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>Recognises lines that stand too far in or out for the lines above them.</summary>
internal static class IndentMistake
{
    public static SyntaxMistake? Find(SourceText source, int line)
    {
        string text = source.Line(line);
        int depth = OddCharacters.BlanksOf(text);
        List<int> levels = LevelsAbove(source, line);
        if (levels.Count == 0)
            return null;
        if (FindLackingColon(source, line, depth) is { } lacking)
            return lacking;
        int nearest = levels[^1];
        if (depth > nearest || !levels.Contains(depth))
        {
            foreach (int level in levels)
            {
                if (Math.Abs(level - depth) < Math.Abs(nearest - depth))
                    nearest = level;
            }

            return new SyntaxMistake(
                SyntaxMistake.WholeLine(source, line),
                new Diagnostic(
                    $"This line begins with {Spaces(depth)}; the lines it belongs to begin with {Spaces(nearest)}.",
                    $"Begin it with {Spaces(nearest)}."));
        }

        return text.AsSpan(depth).StartsWith("- ") || text.Length == depth + 1
            ? new SyntaxMistake(
                SyntaxMistake.WholeLine(source, line),
                new Diagnostic("A list item stands among names with colons.",
                    "Indent it below the name it belongs to, or take the dash away."))
            : new SyntaxMistake(
                SyntaxMistake.WholeLine(source, line),
                new Diagnostic("This line is no item of the list above it.",
                    "Put a dash and a space in front of it, or indent it deeper."));
    }

    // "- limiter" with settings below it.
    private static SyntaxMistake? FindLackingColon(SourceText source, int line, int depth)
    {
        int above = line > 1 ? SyntaxMistake.LastWritten(source, line - 1) : line;
        SourceSpan whole = SyntaxMistake.WholeLine(source, above);
        string owner = source.Line(above)[(whole.Column - 1)..];
        string name = owner.StartsWith("- ", StringComparison.Ordinal) ? owner[2..].Trim() : "";
        bool isName = name.Length > 0 && char.IsAsciiLetter(name[0]);
        foreach (char c in name)
            isName &= char.IsAsciiLetterOrDigit(c) || c == '-';
        if (!isName || depth < whole.Column || !source.Line(line).Contains(':', StringComparison.Ordinal))
            return null;
        var at = new SourceSpan(above, whole.Column + owner.IndexOf(name, StringComparison.Ordinal), name.Length);
        return new SyntaxMistake(
            at, new Diagnostic($"\"{name}\" has settings below it, but no colon.", $"Write \"- {name}:\"."));
    }

    // The depths that are open where the line begins: of each line above that nothing further out has ended.
    private static List<int> LevelsAbove(SourceText source, int line)
    {
        List<int> levels = [];
        for (int above = 1; above < line; above++)
        {
            string text = source.Line(above);
            int depth = OddCharacters.BlanksOf(text);
            if (depth == text.Length || text[depth] == '#')
                continue;
            while (levels.Count > 0 && levels[^1] > depth)
                levels.RemoveAt(levels.Count - 1);
            if (levels.Count == 0 || levels[^1] < depth)
                levels.Add(depth);
            if (text[depth] == '-' && depth + 2 < text.Length && text[depth + 1] == ' '
                && text[depth..].Contains(':', StringComparison.Ordinal))
                levels.Add(depth + 2);
        }

        return levels;
    }

    private static string Spaces(int count) => count switch
    {
        0 => "no space",
        1 => "1 space",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} spaces"),
    };
}
