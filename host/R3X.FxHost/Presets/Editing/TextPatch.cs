using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A stretch of a text and what takes its place.</summary>
/// <param name="Where">The stretch; empty to insert.</param>
internal readonly record struct TextPatch(Range Where, string Text)
{
    /// <summary>Something new in front of an index.</summary>
    public static TextPatch Insert(int at, string text) => new(at..at, text);

    /// <summary>Applies patches that do not overlap.</summary>
    public static string Apply(string text, IEnumerable<TextPatch> patches)
    {
        var patched = new StringBuilder(text.Length + 64);
        int at = 0;
        foreach (TextPatch patch in patches.OrderBy(patch => patch.Where.Start.Value))
        {
            patched.Append(text, at, patch.Where.Start.Value - at).Append(patch.Text);
            at = patch.Where.End.Value;
        }

        return patched.Append(text, at, text.Length - at).ToString();
    }
}
