using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Tests.Ear;

/// <summary>The lowest STOI each preset may have, from a file that preset authors can edit.</summary>
internal static class IntelligibilityGuards
{
    private static readonly string File = Path.Combine("tests", "fixtures", "presets", "intelligibility.txt");

    private const string Miss = "miss: ";

    private static readonly Lazy<string[]> Lines = new(
        () => [.. System.IO.File.ReadLines(Repository.PathOf(File)).Where(line => line.Length > 0 && line[0] != '#')]);

    private static readonly Lazy<Dictionary<string, double>> All = new(() => Lines.Value
        .Where(line => !line.StartsWith(Miss, StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(
            words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal));

    public static IEnumerable<string> Presets => All.Value.Keys;

    /// <summary>The guard of a preset.</summary>
    /// <exception cref="InvalidOperationException">It has none; the message says what to do.</exception>
    public static double Of(string preset) => All.Value.TryGetValue(preset, out double guard)
        ? guard
        : throw new InvalidOperationException(
            $"The preset \"{preset}\" has no guard of intelligibility. Add a line \"{preset} 0.90\" to {File}, or less "
                + $"where the preset is meant to be hard to understand.");

    /// <summary>What was measured where a preset is known to miss its guard on a voice, and why; null where it has to
    /// reach it.</summary>
    public static (double Measured, string Reason)? KnownMiss(string preset, string voice) => Lines.Value
        .Where(line => line.StartsWith(Miss, StringComparison.Ordinal))
        .Select(line => line[Miss.Length..].Split(", ", 4))
        .Where(parts => parts[0] == preset && parts[1] == voice)
        .Select(parts => ((double, string)?)(double.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]))
        .SingleOrDefault();
}
