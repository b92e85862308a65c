using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Presets;

/// <summary>Follows <c>extends</c> from preset to preset as they are written, and sees whether it comes to an end.</summary>
/// <param name="Complaint">What is wrong; null when the line of parents ends, or breaks off, by itself.</param>
/// <param name="IsCircle">Whether the preset extends itself in the end.</param>
internal readonly record struct Ancestry(Complaint? Complaint, bool IsCircle)
{
    /// <summary>How many parents one behind the other a preset may have.</summary>
    public const int MostParents = 64;

    /// <summary>Follows a preset's parents.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="find">The preset of an id in the same folder, or null.</param>
    public static Ancestry Of(WrittenPreset preset, Func<string, WrittenPreset?> find)
    {
        List<WrittenPreset> line = [preset];
        while (line[^1].HasParent)
        {
            string id = line[^1].Extends!.Text;
            if (id == preset.Id)
                return new Ancestry(Circle(line), true);
            // A circle further up is its members' mistake; this one's is to extend something broken.
            if (line.Exists(member => member.Id == id) || find(id) is not { } parent)
                return default;
            line.Add(parent);
            if (line.Count > MostParents + 1)
                return new Ancestry(new Complaint($"There are more than {MostParents} parents one behind the other.", "Extend a preset further up the line instead."), false);
        }

        return default;
    }

    private static Complaint Circle(List<WrittenPreset> line)
    {
        string circle = string.Join(" extends ", line.Select(member =>
            string.Create(CultureInfo.InvariantCulture, $"{member.Id} ({member.File}:{member.Extends!.Span.Line})")));
        return new Complaint(
            line.Count == 1 ? $"A preset extends itself:\n   {circle} extends {line[0].Id}" : $"Presets extend each other in a circle:\n   {circle} extends {line[0].Id}",
            line.Count == 1 ? "Remove \"extends\", or name another preset." : "Remove \"extends\" from one of them.");
    }
}
