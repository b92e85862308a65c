using System;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>
/// A preset whose lines lost the spaces in front of them, as text does on its way through a chat or a form: what
/// belongs to what cannot be read any more, so that is said once and nothing else.
/// </summary>
internal static class CollapsedText
{
    private static readonly string[] Sections =
        [.. PresetKeys.Taking(KeyContent.Steps), .. PresetKeys.Taking(KeyContent.Conditions)];

    /// <summary>Says so when a text is such a one.</summary>
    /// <returns>Whether it is.</returns>
    public static bool Report(SourceText source, DiagnosticBag diagnostics)
    {
        int section = 0;
        int item = 0;
        int inner = 0;
        for (int line = 1; line <= source.LineCount; line++)
        {
            string text = source.Line(line);
            if (text.AsSpan().IsWhiteSpace() || text[0] == '#')
                continue;
            if (char.IsWhiteSpace(text[0]))
                return false;
            if (inner > 0 || NameIn(text) is not { } name)
                continue;
            bool isItem = text[0] == '-';
            if (!isItem && PresetKeys.Names.Contains(name))
                (section, item) = (Sections.Contains(name) && text.TrimEnd().EndsWith(':') ? line : 0, 0);
            else if (item > 0 && IsInside(source.Line(section), source.Line(item), text, isItem))
                inner = line;
            else if (section > 0)
                item = line;
        }

        if (inner == 0)
            return false;
        bool hasDash = source.Line(item)[0] == '-';
        string key = NameIn(source.Line(section))!;
        string itemAs = "  " + source.Line(item).Trim();
        string spaces = key == "use-when" || !hasDash ? "    " : "      ";
        string innerAs = spaces + source.Line(inner).TrimStart('-', ' ').TrimEnd();
        diagnostics.Rule = DiagnosticRule.Text;
        diagnostics.Error(
            SyntaxMistake.WholeLine(source, item),
            $"Nothing below \"{key}:\" is indented, so what belongs to what cannot be read.",
            $"Put spaces in front of the lines again, as in \"{itemAs}\" and below it \"{innerAs}\".");
        return true;
    }

    // A setting behind its step's name, which has no value of its own; or a second condition of an entry.
    private static bool IsInside(string section, string item, string text, bool isItem) =>
        item.TrimEnd().EndsWith(':')
            ? !isItem || !text.TrimEnd().EndsWith(':')
            : section.StartsWith("use-when", StringComparison.Ordinal) && item[0] == '-' && !isItem;

    private static string? NameIn(string line)
    {
        string text = line.TrimStart('-', ' ');
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text.AsSpan(0, colon).IndexOfAny(' ', '"', '{') < 0 ? text[..colon] : null;
    }
}
