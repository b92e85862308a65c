using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>What brings one preset's file to the language's present version. Only what has to change does.</summary>
public sealed class PresetUpgrade
{
    // Each step takes a text of its version to the next one: a new version of the language adds its step at the end.
    // Version 0 is from before files said which version they are.
    private static readonly Func<EditableText, TextPatch>[] Steps = [NameTheVersion];

    private readonly byte[] _bytes;

    private PresetUpgrade(string file, string shownName, byte[] bytes, string before, string after,
        IReadOnlyList<PresetDiagnostic> diagnostics)
    {
        File = file;
        ShownName = shownName;
        _bytes = bytes;
        Before = before;
        After = after;
        Diagnostics = diagnostics;
    }

    /// <summary>The version that presets are brought to.</summary>
    public static int CurrentVersion => Steps.Length;

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>What messages call it.</summary>
    public string ShownName { get; }

    /// <summary>Its text.</summary>
    public string Before { get; }

    /// <summary>The text it should have; the same where it is of the present version, or cannot be upgraded.</summary>
    public string After { get; }

    /// <summary>Why it cannot be upgraded; empty when it can.</summary>
    public IReadOnlyList<PresetDiagnostic> Diagnostics { get; }

    /// <summary>Whether anything has to change.</summary>
    public bool IsNeeded => Before != After;

    /// <summary>Finds out what has to change in a file. Reads it; writes nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shownName">What messages call it.</param>
    public static PresetUpgrade Of(string file, string shownName)
    {
        if (!PresetFile.TryReadBytes(file, out byte[] bytes, out string reason))
        {
            string why = System.IO.File.Exists(file)
                || Directory.Exists(file) ? $"The preset could not be read. {reason}" : "There is no such file.";
            return new PresetUpgrade(file, shownName, bytes, "", "",
                [new PresetDiagnostic(DiagnosticSeverity.Error, shownName, 0, 0, 0, why, "Check the path.", null)]);
        }

        (SourceText source, DiagnosticBag diagnostics) = FileText.Decode(bytes, shownName);
        YamlDocument document = YamlReader.Read(source, diagnostics);
        if (document.Root is YamlMapping root && document.IsComplete && !diagnostics.HasErrors)
        {
            if (VersionOf(root) is >= 0 and var version && version <= CurrentVersion)
            {
                string after = Upgraded(source.Text, shownName, version);
                if (EditableText.Read(after, shownName) is { } upgraded && VersionOf(upgraded.Root) == CurrentVersion
                    && LeafPaths.DifferOnlyAt("preset", false, root, upgraded.Root))
                    return new PresetUpgrade(file, shownName, bytes, source.Text, after, []);
                diagnostics.Error(SourceSpan.Beginning, "The file is written in a form that is not changed by program.",
                    $"Write \"preset: {CurrentVersion}\" in its first line.");
            }

            TopLevel.Open("preset", document, diagnostics);
        }
        else if (!diagnostics.HasErrors)
        {
            TopLevel.Open("preset", document, diagnostics);
        }

        return new PresetUpgrade(file, shownName, bytes, source.Text, source.Text, diagnostics.ToList());
    }

    /// <summary>Writes the new text, in one step.</summary>
    /// <returns>Whether it was written; when not, the file holds something else by now.</returns>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public bool Write() => WholeFile.Replace(File, _bytes, WholeFile.WithBomOf(_bytes, After));

    // The version a file is written in; -1 when what stands there is none.
    private static int VersionOf(YamlMapping root)
    {
        foreach (YamlEntry entry in root.Entries)
        {
            if (entry.Key.Text == "preset")
                return entry.Value is YamlScalar { IsQuoted: false } scalar && int.TryParse(scalar.Text,
                    NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : -1;
        }

        return 0;
    }

    private static string Upgraded(string text, string name, int version)
    {
        for (; version < CurrentVersion; version++)
        {
            if (EditableText.Read(text, name) is { } whole)
                text = TextPatch.Apply(text, [Steps[version](whole)]);
        }

        return text;
    }

    private static TextPatch NameTheVersion(EditableText text) => text.Find("preset") is { } version
        ? ValuePatch.Replace(text, version, "1")
        : ValuePatch.InsertKey(text, "preset", ["preset: 1"], "preset: 1");
}
