using System;

namespace R3X.FxHost.Presets.Editing;

/// <summary>How a text stands in its file.</summary>
internal static class TextBytes
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>The byte order mark that a file begins with, or nothing.</summary>
    public static ReadOnlySpan<byte> BomOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Bom) ? Bom : [];
}
