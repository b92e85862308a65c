using System;
using System.Text;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>
/// Reads a text into a tree with positions. After a mistake in the YAML itself it leaves that line out and reads on, so
/// that all mistakes of a file come at once. Throws nothing, whatever the text.
/// </summary>
internal static class YamlReader
{
    private const int MostSyntaxMistakes = 12;

    /// <summary>Reads a text that is in memory.</summary>
    /// <param name="firstLine">What an empty file should begin with.</param>
    public static YamlDocument Read(SourceText source, DiagnosticBag diagnostics, string firstLine = "preset: 1")
    {
        diagnostics.Rule = DiagnosticRule.Text;
        YamlDocument document = ReadAll(source, diagnostics, firstLine);
        diagnostics.Rule = DiagnosticRule.Structure;
        return document;
    }

    private static YamlDocument ReadAll(SourceText source, DiagnosticBag diagnostics, string firstLine)
    {
        if (IsUnreadable(source, diagnostics))
            return new YamlDocument(null, false);
        bool guessed = OddCharacters.Report(source, diagnostics);
        ForeignSigns.Report(source, diagnostics);
        SourceText rest = source;
        for (int attempt = 0; attempt < MostSyntaxMistakes; attempt++)
        {
            var text = new ParsableText(rest);
            var tree = new YamlTree(rest, text);
            try
            {
                YamlNode? root = tree.Read();
                Report(tree, diagnostics);
                if (root is null && attempt == 0)
                {
                    string below = firstLine == "preset: 1" ? "the chain" : "what it is to say";
                    string fix = $"Write \"{firstLine}\" in its first line and {below} below it.";
                    diagnostics.Error(SourceSpan.Beginning, "The file is empty.", fix);
                }

                return new YamlDocument(root, attempt == 0 && !guessed);
            }
            catch (Exception gaveUp)
            {
                if (tree.IsTooDeep)
                {
                    Report(tree, diagnostics);
                    break;
                }

                // Where the depth of lines was guessed, what the parser says about them is a guess too.
                if (guessed)
                    break;
                SyntaxMistake mistake = SyntaxMistake.Find(rest, text, gaveUp);
                diagnostics.Error(mistake.At, mistake.Diagnostic);
                rest = Without(rest, mistake.FirstLine);
            }
        }

        return new YamlDocument(null, false);
    }

    private static void Report(YamlTree tree, DiagnosticBag diagnostics)
    {
        foreach (SyntaxMistake mistake in tree.Mistakes)
            diagnostics.Error(mistake.At, mistake.Diagnostic);
    }

    private static bool IsUnreadable(SourceText source, DiagnosticBag diagnostics)
    {
        // Its bytes were no text, and that has been said.
        if (source.Text.Length == 0 && diagnostics.HasErrors)
            return true;
        int zero = source.Text.IndexOf('\0', StringComparison.Ordinal);
        if (zero >= 0)
        {
            diagnostics.Error(source.SpanAt(zero), "This is not a text file: it holds zero bytes.",
                "Save it as plain text in UTF-8.");
            return true;
        }

        if (source.Text.Length <= SourceText.MaximumBytes
            && System.Text.Encoding.UTF8.GetByteCount(source.Text) <= SourceText.MaximumBytes)
            return false;
        diagnostics.Error(SourceSpan.Beginning, "The file is larger than 256 KiB.",
            "A preset is a page of text: is this the right file?");
        return true;
    }

    // What belongs to the line (the lines indented deeper) goes with it, or it would be taken for something else.
    private static SourceText Without(SourceText source, int line)
    {
        var left = new StringBuilder(source.Text);
        int depth = DepthOf(source, line);
        for (int next = line; next <= source.LineCount; next++)
        {
            int start = source.StartOf(next);
            int length = source.EndOf(next) - start;
            if (next > line && length > 0 && DepthOf(source, next) <= depth)
                break;
            left.Remove(start, length).Insert(start, " ", length);
        }

        return new SourceText(source.Name, left.ToString(), source.HasLines);
    }

    private static int DepthOf(SourceText source, int line)
    {
        string text = source.Line(line);
        int blanks = OddCharacters.BlanksOf(text);
        return blanks == text.Length ? int.MaxValue : blanks;
    }
}

/// <summary>What could be read of a text.</summary>
/// <param name="Root">The tree, or null when there is none.</param>
/// <param name="IsComplete">Whether all of the text is in it; when not, what is missing may be missing through no fault
/// of its own.</param>
internal sealed record YamlDocument(YamlNode? Root, bool IsComplete);
