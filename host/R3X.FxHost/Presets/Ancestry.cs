using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>Follows <c>extends</c> from preset to preset as they are written, and sees whether it comes to an
/// end.</summary>
internal static class Ancestry
{
    /// <summary>How many parents one behind the other a preset may have.</summary>
    public const int MostParents = 64;

    /// <summary>What is wrong with it; null when the line of parents ends, or breaks off, by itself.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="path">Its file, an absolute path.</param>
    /// <param name="find">The parent of a preset in a file, and its file; null for none.</param>
    public static FoundParent? Mistake(
        WrittenPreset preset, string path, Func<WrittenPreset, string, (WrittenPreset Preset, string Path)?> find)
    {
        List<WrittenPreset> line = [preset];
        List<string> files = [path];
        while (line[^1].HasParent)
        {
            (WrittenPreset Preset, string Path)? parent = find(line[^1], files[^1]);
            if (parent is null ? line[^1].Extends!.Text == preset.Id : parent.Value.Path == path)
                return new FoundParent(null, Circle(line), QuotesPlace: true);
            // A circle further up is its members' mistake; this one's is to extend something broken.
            if (parent is not { } found || files.Contains(found.Path))
                return null;
            line.Add(found.Preset);
            files.Add(found.Path);
            if (line.Count > MostParents + 1)
                {
                string message = $"There are more than {MostParents} parents one behind the other.";
                return new FoundParent(null, new Diagnostic(message, "Extend a preset further up the line instead."));
            }
        }

        return null;
    }

    private static Diagnostic Circle(List<WrittenPreset> line)
    {
        string circle = string.Join(" extends ", line.Select(member =>
            string.Create(CultureInfo.InvariantCulture, $"{member.Id} ({member.File}:{member.Extends!.Span.Line})")));
        return new Diagnostic(
            line.Count == 1 ? $"A preset extends itself:\n   {circle} extends {line[0].Id}"
                : $"Presets extend each other in a circle:\n   {circle} extends {line[0].Id}",
            line.Count == 1 ? "Remove \"extends\", or name another preset." : "Remove \"extends\" from one of them.");
    }
}

/// <summary>What came of looking for a preset's parent.</summary>
/// <param name="Preset">The parent, or an earlier version of it; null when there is none.</param>
/// <param name="Diagnostic">What is wrong with it: without a preset an error, beside one a warning.</param>
internal readonly record struct FoundParent(Preset? Preset, Diagnostic? Diagnostic = null, bool QuotesPlace = false);
