namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>A stretch of one line of a text. Line and column count from 1, in UTF-16 units.</summary>
internal readonly record struct SourceSpan(int Line, int Column, int Length)
{
    /// <summary>The beginning of a text, for what concerns all of it.</summary>
    public static SourceSpan Beginning => new(1, 1, 1);
}
