using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Cli;

/// <summary>
/// The files a name with * or ? stands for. Unix shells replace such names; on Windows that is left to programs.
/// </summary>
internal static class Wildcards
{
    /// <summary>The files by name, or the name itself where nothing is to be replaced.</summary>
    /// <exception cref="UsageException">No file fits.</exception>
    public static IEnumerable<string> FilesOf(string name)
    {
        string pattern = Path.GetFileName(name);
        if (!OperatingSystem.IsWindows() || !pattern.AsSpan().ContainsAny('*', '?'))
            return [name];
        string folder = name[..^pattern.Length];
        string searched = folder.Length == 0 ? "." : folder;
        string[] files = Directory.Exists(searched)
            ? [.. Directory.EnumerateFiles(searched, pattern).Order(StringComparer.OrdinalIgnoreCase)]
            : [];
        return files.Length > 0
            ? files.Select(file => folder + Path.GetFileName(file))
            : throw new UsageException($"No file fits \"{name}\". Check the path.");
    }
}
