using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli.Checking;

/// <summary>A file and what is wrong with it.</summary>
/// <param name="Path">Its path as messages name it: relative to the current directory where it is below that.</param>
/// <param name="Problems">What is wrong, in the order of the text.</param>
internal sealed record CheckedFile(string Path, IReadOnlyList<PresetDiagnostic> Problems)
{
    /// <summary>Checks files; all presets of the host and its host.yaml when none is named.</summary>
    /// <param name="host">The host.</param>
    /// <param name="words">Files, folders and ids, as they were typed.</param>
    public static IReadOnlyList<CheckedFile> All(FxHost host, string[] words) =>
    [
        .. (words.Length == 0 ? [host.Presets.Folder] : words).SelectMany(word => FilesOf(host, word)).Distinct()
            .Select(file => Of(host, file, isNamed: words.Contains(file))),
    ];

    private static IEnumerable<string> FilesOf(FxHost host, string word)
    {
        if (Directory.Exists(word))
        {
            string settings = System.IO.Path.Combine(word, HostSettingsReader.FileName);
            IEnumerable<string> presets = new PresetLibrary(word, host.Effects).ListFiles();
            if (File.Exists(settings))
                presets = presets.Prepend(settings);
            return presets.Concat(PresetNames.MisnamedIn(word)).Select(Shown);
        }

        if (File.Exists(word) || word.Contains('/') || word.Contains('\\'))
            return [word];
        string preset = System.IO.Path.Combine(
            host.Presets.Folder, word.EndsWith(".yaml", System.StringComparison.Ordinal) ? word : word + ".yaml");
        return [File.Exists(preset) ? Shown(preset) : word];
    }

    // What lies in a folder under a wrong name may be anything; what was named here is read for all that.
    private static CheckedFile Of(FxHost host, string file, bool isNamed)
    {
        if (!File.Exists(file) || PresetNames.Check(file) is not { } misnamed)
            return Read(host, file);
        return new CheckedFile(file, isNamed ? [misnamed, .. Read(host, file).Problems] : [misnamed]);
    }

    private static CheckedFile Read(FxHost host, string file)
    {
        if (System.IO.Path.GetFileName(file) != HostSettingsReader.FileName || !File.Exists(file))
            return new CheckedFile(file, host.Presets.Check(File.Exists(file)
                && !IsPath(file) ? System.IO.Path.Combine(".", file) : file).Diagnostics);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!;
        return new CheckedFile(file,
            [.. HostSettingsReader.ReadFolder(folder).Diagnostics.Select(problem => problem with { File = file })]);
    }

    // A file without ".yaml" in the current directory would be taken for an id.
    private static bool IsPath(string file) => file.Contains('/') || file.Contains('\\') || file.EndsWith(".yaml",
        System.StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", System.StringComparison.OrdinalIgnoreCase);

    private static string Shown(string file)
    {
        string relative = System.IO.Path.GetRelativePath(".", file);
        return System.IO.Path.IsPathRooted(relative)
            || relative.StartsWith("..", System.StringComparison.Ordinal) ? System.IO.Path.GetFullPath(file) : relative;
    }
}
