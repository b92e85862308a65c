using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Release;

/// <summary>What is inside that others made, with their names and licences.</summary>
internal static partial class Notices
{
    /// <summary>The file's name in the archive.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private static readonly string Line = new('-', 80);

    /// <summary>The notices of a published folder: of its packages, with every text of a licence that they bring, and
    /// of scripts that say themselves whose they are.</summary>
    /// <exception cref="InvalidDataException">A package names no licence.</exception>
    public static string Of(DirectoryInfo folder, Package[] packages)
    {
        var text = new StringBuilder();
        text.Append("r3x is under the licence in the file LICENSE. In this folder are, besides, ")
            .Append("the following packages,\n");
        text.Append("each under its own licence; names such as MIT are those of https://spdx.org/licenses.\n");
        foreach (Package package in packages)
        {
            text.Append('\n').Append(Line).Append('\n');
            text.Append(null, $"{package.Id} {package.Version}, by {package.Authors}\n");
            text.Append(null, $"Licence: {package.Licence}\n");
            foreach (string? more in new[] { package.Copyright, package.ProjectUrl })
                text.Append(more is null ? "" : more.ReplaceLineEndings(" ") + "\n");
            foreach (FileInfo file in package.LicenceFiles)
            {
                text.Append(null, $"\n{file.Name} of {package.Id}:\n\n");
                text.Append(File.ReadAllText(file.FullName).ReplaceLineEndings("\n").Trim('\n')).Append('\n');
            }
        }

        text.Append('\n').Append(Line).Append("\nScripts of the studio's page say:\n");
        foreach (string head in Heads(folder))
            text.Append('\n').Append(head).Append('\n');
        return text.ToString();
    }

    // The comments that minified scripts keep, such as those of the text editor.
    private static string[] Heads(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles("*.js", SearchOption.AllDirectories)
            .SelectMany(static file => Head().Matches(File.ReadAllText(file.FullName)).Select(
                static match => match.Value))
            .Where(static head => head.Contains("license", StringComparison.OrdinalIgnoreCase))
            .Select(static head => head.ReplaceLineEndings("\n"))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"/\*!.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Head();
}
