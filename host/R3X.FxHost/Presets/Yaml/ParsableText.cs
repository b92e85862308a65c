using System;
using System.Collections.Generic;
using System.Text;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>
/// A text as the parser gets it: tabs and odd blanks made spaces (two for a tab in front of a line), and foreign signs
/// what they mean, so that the rest of a file is checked too. Knows where each character came from.
/// </summary>
internal sealed class ParsableText
{
    private readonly int[]? _origins;

    public ParsableText(SourceText source)
    {
        string text = source.Text;
        IReadOnlyList<ForeignSign> signs = ForeignSigns.In(source);
        if (signs.Count == 0 && (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 || IsPlain(text)))
        {
            Text = text;
            return;
        }

        var made = new StringBuilder(text.Length + 64);
        // A tab becomes two characters, and so may a sign.
        var origins = new int[(2 * (text.Length + signs.Count)) + 1];
        int next = 0;
        for (int line = 1; line <= source.LineCount; line++)
        {
            int start = source.StartOf(line);
            int end = line < source.LineCount ? source.StartOf(line + 1) : text.Length;
            int blanks = OddCharacters.BlanksOf(text.AsSpan(start, source.EndOf(line) - start));
            for (int i = start; i < end; i++)
            {
                if (next < signs.Count && signs[next].Start == i)
                {
                    foreach (char meant in signs[next].Meant)
                        origins[made.Append(meant).Length - 1] = i;
                    i += signs[next].Length;
                    next++;
                    if (i >= end)
                        break;
                }

                origins[made.Length] = i;
                if (text[i] == '\t' && i < start + blanks)
                    origins[made.Append(' ').Length] = i;
                made.Append(IsKept(text[i]) && i >= start + blanks ? text[i] : ' ');
            }
        }

        origins[made.Length] = text.Length;
        Text = made.ToString();
        _origins = origins;
    }

    public string Text { get; }

    /// <summary>Where in the source the character at an index of <see cref="Text"/> came from.</summary>
    public int OriginOf(long index)
    {
        int inside = (int)Math.Clamp(index, 0, Text.Length);
        return _origins is null ? inside : _origins[inside];
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (!IsKept(c) || c == '\u00A0' || c == '\u3000')
                return false;
        }

        return true;
    }

    // U+0085, U+2028 and U+2029 end a line for YAML but for no editor.
    private static bool IsKept(char c) => c is '\n' or '\r' || !(char.IsControl(c) || c is '\u2028' or '\u2029');
}
