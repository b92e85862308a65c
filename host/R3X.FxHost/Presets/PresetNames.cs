using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// Files that look like presets, or like <c>host.yaml</c>, and are not read for what they are called: <c>x.yml</c>,
/// <c>x.YAML</c>, and <c>x.yaml.txt</c>, as some editors save it. Any thread; reads folders.
/// </summary>
public static class PresetNames
{
    // The longest first.
    private static readonly string[] Endings = [".yaml.txt", ".yml.txt", ".yaml", ".yml"];

    /// <summary>The misnamed files of a folder, sorted; none where it cannot be read.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> MisnamedIn(string folder)
    {
        try
        {
            IEnumerable<string> misnamed = Directory.EnumerateFiles(folder).Where(file => Check(file) is not null);
            return [.. misnamed.Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>What is wrong with the name of a file that is a preset for all else; null where nothing is.</summary>
    /// <param name="file">The file. It need not be there.</param>
    public static PresetDiagnostic? Check(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string name = Path.GetFileName(file);
        if (RightName(name) is { } right)
        {
            string what = right == HostSettingsReader.FileName
                ? "The file looks like the host's settings, but is not called so, and is not read."
                : "The file looks like a preset, but its name does not end in \".yaml\", so no preset is found in it.";
            return Warning(file, what, $"Rename it to {right}.");
        }

        return PresetFile.IsPreset(name) && Twin(file, name) is { } twin
            ? Warning(
                file,
                $"Its name differs from that of \"{twin}\" only in how its accents are stored, so it is never used.",
                "Give it another name, or remove one of them.")
            : null;
    }

    /// <summary>What a file should be called; null where its name is right, or that of no preset at all.</summary>
    internal static string? RightName(string name)
    {
        string? ending = Array.Find(Endings, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        if (name.StartsWith('.') || ending is null || ending.Length == name.Length)
            return null;
        string right = Composed.Of(name[..^ending.Length]) + PresetFile.Extension;
        if (right.Equals(HostSettingsReader.FileName, StringComparison.OrdinalIgnoreCase))
            return name == HostSettingsReader.FileName ? null : HostSettingsReader.FileName;
        return name.EndsWith(PresetFile.Extension, StringComparison.Ordinal) ? null : right;
    }

    // The file in front of it that has the same name.
    private static string? Twin(string file, string name)
    {
        if (System.Text.Ascii.IsValid(name))
            return null;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string? first = PresetFile.Find(folder, PresetFile.IdIn(name));
        return first is null || Path.GetFileName(first) == name ? null : Path.GetFileName(first);
    }

    private static PresetDiagnostic Warning(string file, string message, string fix) =>
        LibraryDiagnostics.WithoutLine(DiagnosticSeverity.Warning, file, new Diagnostic(message, fix));
}
