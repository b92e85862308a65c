using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Tests.Architecture;

/// <summary>A row of the table in docs/architecture.md: a folder of the library and what it may use.</summary>
internal sealed record Room(string Name, string[] MayUse)
{
    public const string Project = "host/R3X.FxHost";

    /// <summary>The table, row by row.</summary>
    public static IReadOnlyList<Room> Table { get; } =
    [
        .. File.ReadLines(Repository.PathOf("docs/architecture.md"))
            .SkipWhile(line => !line.StartsWith("| room |", System.StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|'))
            .Select(cells => new Room(cells[1].Trim(), [.. cells[3].Split(',').Select(name => name.Trim())])),
    ];

    public static Room Named(string name) => Table.Single(room => room.Name == name);

    /// <summary>The folders that hold source, by the names rooms have.</summary>
    public static IEnumerable<string> Folders =>
        SourceFile.Under(Project).Select(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/'))
            .Distinct().Select(folder => folder == Project ? TypeUses.Root : folder[(Project.Length + 1)..]);

    /// <summary>Whether it may use a room or a package.</summary>
    public bool Allows(string other) => MayUse.Contains("all") || MayUse.Contains(other);
}

/// <summary>A C# file of the product.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    public static IEnumerable<SourceFile> Under(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", System.StringComparison.Ordinal))
            .Select(path => new SourceFile(
                System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path)));

    /// <summary>Whether the code names a namespace.</summary>
    public bool Names(string name) => Regex.IsMatch(Comment().Replace(Text, ""), $@"\b{Regex.Escape(name)}\b");

    public int Lines => Text.Count(letter => letter == '\n');

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
