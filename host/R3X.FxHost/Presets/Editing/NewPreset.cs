using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A preset's file that was made, or why it was not.</summary>
/// <param name="File">The file; null when it was not made.</param>
/// <param name="Diagnostics">Why not.</param>
public sealed record NewPreset(string? File, IReadOnlyList<PresetDiagnostic> Diagnostics)
{
    private const int LongestId = 64;

    /// <summary>Begins a preset that extends another. It sounds like its parent until it is changed.</summary>
    /// <param name="presets">The folder it is put into.</param>
    /// <param name="id">Its id.</param>
    /// <param name="parentId">The preset it extends, of the same folder.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static NewPreset Create(PresetLibrary presets, string id, string parentId)
    {
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(parentId);
        if (WrongId(id) is { } wrongId)
            return Refused(id, wrongId);
        if (PresetFile.IsPath(parentId))
            return Refused(parentId,
                new Diagnostic("A preset extends one of its own folder, by its id.", $"Write \"{IdFrom(parentId)}\"."));
        PresetReading parent = presets.Find(parentId);
        return parent is { HasErrors: false, Preset: { } preset }
            ? Write(presets, id, NewPresetText.Of(preset, id))
            : new NewPreset(null, [.. parent.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]);
    }

    /// <summary>Puts a new preset's text into a folder of presets. A preset of that id, in whatever case, is left
    /// alone.</summary>
    /// <param name="presets">The folder.</param>
    /// <param name="id">The preset's id.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static NewPreset Write(PresetLibrary presets, string id, string text)
    {
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(id);
        if (WrongId(id) is { } diagnostic)
            return Refused(id, diagnostic);
        string? namesake = presets.ListIds().FirstOrDefault(
            other => other.Equals(id, StringComparison.OrdinalIgnoreCase));
        return Write(Path.Combine(presets.Folder, (namesake ?? id) + PresetFile.Extension), text);
    }

    /// <summary>Writes a new preset's text to a file. One that is there is left alone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static NewPreset Write(string file, string text)
    {
        if (System.IO.File.Exists(file) || Directory.Exists(file))
            return Refused(Path.GetFileName(file), new Diagnostic(
                "There is such a file already, and it is left as it is.", "Choose another name, or remove it first."));
        WholeFile.Create(file, System.Text.Encoding.UTF8.GetBytes(text));
        return new NewPreset(Path.GetFullPath(file), []);
    }

    /// <summary>The likely id for a file or a name: <c>Audio_Effects.json</c> gives <c>audio-effects</c>.</summary>
    /// <param name="name">A file's name or path, or any name.</param>
    public static string IdFrom(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = Path.GetFileName(name.Replace('\\', '/'));
        string ending = Path.GetExtension(plain);
        if (ending is ".json" or ".yaml" or ".yml")
            plain = plain[..^ending.Length];
        string id = string.Join('-', string.Concat(plain.Select(c => char.IsAsciiLetterOrDigit(c)
            ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return id.Length is 0 or > LongestId || id == "host" ? "my-preset" : id;
    }

    internal static Diagnostic? WrongId(string id)
    {
        if (id.Equals("host", StringComparison.OrdinalIgnoreCase))
            return new Diagnostic(
                "host.yaml is the file of the host's own settings.", "Choose another name, such as \"my-host\".");
        return id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && char.IsAsciiLetterOrDigit(id[0])
            ? null
            : new Diagnostic($"{Diagnostic.Quote(id)} cannot be a preset's id: it takes up to {LongestId} letters, "
                + $"digits and hyphens.", $"Write \"{IdFrom(id)}\".");
    }

    private static NewPreset Refused(string place, Diagnostic diagnostic) =>
        new(null, [new PresetDiagnostic(
            DiagnosticSeverity.Error, place, 0, 0, 0, diagnostic.Message, diagnostic.Fix.Sentence, null)]);
}
