using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>A text that people wrote, with its lines as editors count them (ending in \n, \r\n or \r).
/// Immutable.</summary>
internal sealed class SourceText
{
    /// <summary>The largest file that is read, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 256 * 1024;

    private readonly List<int> _lineStarts = new(64);

    public SourceText(string name, string text, bool hasLines = true)
    {
        Name = name;
        HasLines = hasLines;
        // One for every file that was joined to make it.
        Text = text.TrimStart('\uFEFF');
        _lineStarts.Add(0);
        for (int i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n')))
                _lineStarts.Add(i + 1);
        }
    }

    /// <summary>The file's name as messages give it, or another name for the place.</summary>
    public string Name { get; }

    /// <summary>Whether messages give line numbers: true for files.</summary>
    public bool HasLines { get; }

    /// <summary>The text without the byte order marks in front.</summary>
    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    public int StartOf(int line) => _lineStarts[line - 1];

    /// <summary>Index behind a line's last character, its line break left out.</summary>
    public int EndOf(int line)
    {
        int start = StartOf(line);
        int end = line < LineCount ? _lineStarts[line] : Text.Length;
        while (end > start && Text[end - 1] is '\n' or '\r')
            end--;
        return end;
    }

    public string Line(int line) => Text[StartOf(line)..EndOf(line)];

    public int LineAt(int index)
    {
        int found = _lineStarts.BinarySearch(index);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The span from one index to another, cut at the end of its first line.</summary>
    public SourceSpan Span(int start, int end)
    {
        start = Math.Clamp(start, 0, Text.Length);
        int line = LineAt(start);
        int lineEnd = EndOf(line);
        start = Math.Min(start, lineEnd);
        return new SourceSpan(line, start - StartOf(line) + 1, Math.Clamp(end, start, lineEnd) - start);
    }

    /// <summary>The span of one or more characters.</summary>
    public SourceSpan SpanAt(int start, int length = 1) => Span(start, start + length);
}

/// <summary>A stretch of one line of a text. Line and column count from 1, in UTF-16 units.</summary>
internal readonly record struct SourceSpan(int Line, int Column, int Length)
{
    /// <summary>The beginning of a text, for what concerns all of it.</summary>
    public static SourceSpan Beginning => new(1, 1, 1);
}
