using System.IO;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>What a library says of files: of those that are missing, unreadable or broken.</summary>
internal static class LibraryDiagnostics
{
    /// <summary>There is no preset of that name.</summary>
    /// <param name="where">Where it was looked for: <c>here</c>.</param>
    public static Diagnostic Unknown(string id, string where, string[] folders, string? except = null)
    {
        string[] ids =
        [
            .. folders.SelectMany(PresetFile.In).Select(PresetFile.IdIn).Distinct()
                .Where(other => other != except || folders.Length > 1),
        ];
        string? misnamed = folders.SelectMany(PresetNames.MisnamedIn)
            .FirstOrDefault(file => PresetNames.RightName(Path.GetFileName(file)) == id + PresetFile.Extension);
        Fix fix = misnamed is not null ? $"Rename {Path.GetFileName(misnamed)} there to {id}{PresetFile.Extension}."
            : ids.Length > 0 ? Diagnostic.FixFor(NearestName.Find(id, ids), "There are", ids)
            : except is null
                ? "Name the folder of presets, or the path of a file." : "Put the parent into the same folder.";
        return new Diagnostic($"There is no preset {Diagnostic.Quote(id)} {where}.", fix);
    }

    /// <summary>A parent has mistakes of its own.</summary>
    /// <param name="first">The first of them.</param>
    public static Diagnostic BrokenParent(string id, PresetDiagnostic first, bool hasLastGood) => hasLastGood
        ? new Diagnostic(
            $"\"{id}\" has a mistake, so its last good version is used: {InOneLine(first)}.", $"Correct \"{id}\".")
        : new Diagnostic($"\"{id}\" cannot be used: {InOneLine(first)}.", $"Correct \"{id}\" first.");

    /// <summary>A diagnostic's place and message in one line, without a full stop.</summary>
    public static string InOneLine(PresetDiagnostic diagnostic)
    {
        string message = diagnostic.Message.Split('\n')[0].TrimEnd(':', '.');
        string place = diagnostic.Line > 0
            ? string.Create(null, $"{diagnostic.File}:{diagnostic.Line}:{diagnostic.Column}") : diagnostic.File;
        return $"{place}  {message}";
    }

    /// <summary>A broken reading with the earlier version that stays in use, if there is one.</summary>
    public static PresetReading WithLastGood(PresetReading broken, Preset? lastGood, string shownName)
    {
        if (lastGood is null)
            return broken;
        var note = WithoutLine(
            DiagnosticSeverity.Warning, shownName, new Diagnostic("The last good version of this preset stays in use.",
            "Correct the file; it is read again when the preset is next used."));
        return new PresetReading(lastGood, [.. broken.Diagnostics, note]);
    }

    /// <summary>A file could not be read.</summary>
    public static PresetReading Unreadable(string path, string shownName, string reason, bool wasThere)
    {
        string fix = File.Exists(path) ? "Let this user read it."
            : wasThere ? "Put it back." : "Check the path, or give the id of a preset instead.";
        string message = File.Exists(path)
            || Directory.Exists(path) ? $"The preset could not be read. {reason}" : "There is no such file.";
        return new PresetReading(
            null, [WithoutLine(DiagnosticSeverity.Error, shownName, new Diagnostic(message, fix))]);
    }

    public static PresetDiagnostic WithoutLine(DiagnosticSeverity severity, string file, Diagnostic diagnostic) =>
        new(severity, file, 0, 0, 0, diagnostic.Message, diagnostic.Fix.Sentence, null) { Rule = DiagnosticRule.File };
}
