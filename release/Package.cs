using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace R3X.FxHost.Release;

/// <summary>A NuGet package of which something is in a published folder, as its own description has it.</summary>
internal sealed class Package
{
    private const string RuntimePrefix = "runtimepack.";

    private readonly XElement _metadata;
    private readonly DirectoryInfo _folder;

    private Package(string id, string version)
    {
        _folder = new DirectoryInfo(Path.Combine(Store, Lower(id), Lower(version)));
        string description = Path.Combine(_folder.FullName, Lower(id) + ".nuspec");
        if (!File.Exists(description))
            throw new InvalidDataException($"{id} {version} is published, and not in NuGet's folder: {description}.");
        _metadata = XDocument.Load(description).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        (Id, Version) = (Text("id")!, version);
    }

    /// <summary>Its name.</summary>
    public string Id { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>Who made it.</summary>
    public string Authors => Text("authors") ?? "unknown";

    /// <summary>Its copyright line, if it has one.</summary>
    public string? Copyright => Text("copyright");

    /// <summary>Where it comes from, if it says so.</summary>
    public string? ProjectUrl => Text("projectUrl");

    /// <summary>Its licence as an SPDX expression; null where it brings a text of its own.</summary>
    public string? LicenceExpression => OfType("expression");

    /// <summary>Its licence in a few words.</summary>
    /// <exception cref="InvalidDataException">It names none.</exception>
    public string Licence => LicenceExpression
        ?? (LicenceFiles.Count > 0 ? "as follows" : null)
        ?? Text("licenseUrl")
        ?? throw new InvalidDataException($"{Id} {Version} names no licence. Look it up before it is given to others.");

    /// <summary>The texts of licences and notices that it brings.</summary>
    public IReadOnlyList<FileInfo> LicenceFiles =>
    [
        .. _folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(IsLicence)
            .OrderBy(static file => file.FullName, StringComparer.Ordinal),
    ];

    /// <summary>SHA-512 of the package as it was fetched, in hexadecimal digits.</summary>
    public string Hash => Convert.ToHexString(Convert.FromBase64String(
        File.ReadAllText(_folder.EnumerateFiles("*.nupkg.sha512").Single().FullName)));

    /// <summary>The packages a folder's programs were published with, the runtime's included, by name.</summary>
    /// <param name="folder">The folder, with a *.deps.json for each program.</param>
    public static Package[] In(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles("*.deps.json").SelectMany(Listed).Distinct()
            .OrderBy(static listed => listed.Id, StringComparer.OrdinalIgnoreCase)
            .Select(static listed => new Package(listed.Id, listed.Version)),
    ];

    private static string Store => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(
            Environment.GetEnvironmentVariable("DOTNET_CLI_HOME")
                ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".nuget", "packages");

    private static IEnumerable<(string Id, string Version)> Listed(FileInfo file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file.FullName));
        foreach (JsonProperty library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() is not ("package" or "runtimepack"))
                continue;
            string[] parts = library.Name.Split('/');
            bool isRuntime = parts[0].StartsWith(RuntimePrefix, StringComparison.Ordinal);
            yield return (isRuntime ? parts[0][RuntimePrefix.Length..] : parts[0], parts[1]);
        }
    }

    private bool IsLicence(FileInfo file) =>
        (file.DirectoryName == _folder.FullName
            && (Begins(file, "licen") || Begins(file, "notice") || Begins(file, "third") || Begins(file, "copying")))
        || (OfType("file") is { } named
            && Path.GetRelativePath(_folder.FullName, file.FullName) == named.Replace('\\', '/'));

    private static bool Begins(FileInfo file, string word) =>
        file.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private XElement? Element(string name) => _metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private string? Text(string name) => Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private string? OfType(string type) =>
        Element("license") is { } licence && (string?)licence.Attribute("type") == type ? licence.Value.Trim() : null;

#pragma warning disable CA1308 // NuGet's folders are lower case.
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}
