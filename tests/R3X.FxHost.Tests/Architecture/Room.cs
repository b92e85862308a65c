using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Tests.Architecture;

/// <summary>A folder of source and what it may use.</summary>
internal sealed partial record Room(string Name, string[] Folders, string[] MayUse)
{
    /// <summary>The table of rooms, row by row. Diagnostics knows nobody, so any room may say something there.</summary>
    public static IReadOnlyList<Room> Table { get; } =
    [
        new("Sdk", ["host/R3X.FxHost.Sdk"], []),
        new("Effects", ["effects"], ["Sdk"]),
        new("Formats", [Library("Formats")], ["Sdk"]),
        // Decoding and Playback name System.Reflection.Assembly, which is how .NET asks where a native library is.
        new("Decoding", [Library("Decoding")], ["Sdk", "Formats", "Diagnostics", "Resampling", "System.Reflection", "System.Runtime.Loader"]),
        new("Encoding", [Library("Encoding")], ["Sdk", "Formats", "Decoding", "Resampling"]),
        new("Resampling", [Library("Resampling")], ["Sdk"]),
        new("Threading", [Library("Threading")], []),
        new("Watching", [Library("Watching")], []),
        new("Chains", [Library("Chains")], ["Sdk", "Watching", "System.Reflection"]),
        new("Presets", [Library("Presets")], ["Sdk", "Chains", "Diagnostics", "Plugins", "YamlDotNet"]),
        new("Metering", [Library("Metering")], ["Sdk", "Resampling"]),
        new("Lights", [Library("Lights")], ["Metering"]),
        new("Matching", [Library("Matching")], ["Sdk", "Chains", "Presets", "Metering", "MathNet"]),
        new("Caching", [Library("Caching")], []),
        new("Plugins", [Library("Plugins")], ["Sdk", "Watching", "McMaster", "System.Reflection", "System.Runtime.Loader"]),
        new("Speaking", [Library("Speaking")], ["Sdk", "Chains", "Decoding", "Resampling", "Playback", "Metering", "Diagnostics", "Threading"]),
        new("Playback", [Library("Playback")], ["Sdk", "System.Reflection", "Threading"]),
        new("Diagnostics", [Library("Diagnostics")], ["Sdk"]),
    ];

    /// <summary>Its source files.</summary>
    public IEnumerable<SourceFile> Files => Folders.SelectMany(folder => SourceFile.Under(folder));

    private static string Library(string room) => $"host/R3X.FxHost/{room}";
}

/// <summary>A C# file of the product.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    public static IEnumerable<SourceFile> Under(string folder) =>
        Directory.Exists(Repository.PathOf(folder))
            ? Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains("/obj/", System.StringComparison.Ordinal))
                .Select(path => new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            : [];

    /// <summary>The rooms, by name, that the code names: in using lines, or in full.</summary>
    public IEnumerable<string> RoomsNamed => RoomName().Matches(Code).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Whether the code names a namespace outside the project.</summary>
    public bool Names(string foreignNamespace) => Regex.IsMatch(Code, $@"\b{Regex.Escape(foreignNamespace)}\b");

    public int Lines => Text.Count(letter => letter == '\n');

    // Comments may speak of other rooms.
    private string Code => Comment().Replace(Text, "");

    [GeneratedRegex(@"(?<!namespace )\bR3X\.FxHost\.(\w+)")]
    private static partial Regex RoomName();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
