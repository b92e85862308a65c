using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Tests.FirstUse;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>What is in an archive, looked at on the one for Windows, which is made for other tests, too.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private FileInfo _archive = null!;
    private ZipArchive _zip = null!;

    public async ValueTask InitializeAsync()
    {
        _archive = await ReleasedArchive.ForWindowsAsync();
        _zip = await ZipFile.OpenReadAsync(_archive.FullName);
    }

    public ValueTask DisposeAsync()
    {
        _zip.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Its_checksum_is_listed_as_sha256sum_reads_it()
    {
        string sums = Path.Combine(_archive.DirectoryName!, "SHA256SUMS");
        await using FileStream bytes = _archive.OpenRead();
        string hash = Convert.ToHexStringLower(
            await SHA256.HashDataAsync(bytes, TestContext.Current.CancellationToken));
        Assert.Contains(
            $"{hash}  {_archive.Name}",
            await File.ReadAllLinesAsync(sums, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void It_is_one_folder_with_everything_that_is_needed_in_it()
    {
        string folder = Path.GetFileNameWithoutExtension(_archive.Name) + "/";
        Assert.All(_zip.Entries, entry => Assert.StartsWith(folder, entry.FullName, StringComparison.Ordinal));
        string[] names = [.. _zip.Entries.Select(entry => entry.FullName[folder.Length..])];
        string[] needed =
        [
            "r3x.exe", "r3x-serve.exe", "coreclr.dll", "presets/host.yaml", "demo-line.mp3", "LICENSE", "README.md",
            "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json",
        ];
        Assert.All(needed, name => Assert.Contains(name, names));
        Assert.Equal(
            Directory.GetDirectories(Repository.PathOf("plugins")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal),
            names.Where(name => name.StartsWith("plugins/", StringComparison.Ordinal))
                .Select(name => name.Split('/')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith(".xml", StringComparison.Ordinal));
        // What two builds of one source would differ in.
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Single(_zip.Entries.Select(entry => entry.LastWriteTime).Distinct());
    }

    [Fact]
    public void Every_library_inside_is_in_the_bill_of_materials_and_named_with_its_licence()
    {
        using JsonDocument bill = JsonDocument.Parse(Text("sbom.cdx.json"));
        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        JsonElement[] components = [.. bill.RootElement.GetProperty("components").EnumerateArray()];
        Assert.All(components, component => Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray()));
        string notices = Text("THIRD-PARTY-NOTICES.txt");
        Dictionary<string, string[]> files = FilesOfPackages();
        Assert.All(files.Keys, package =>
        {
            Assert.Contains(components, component => Matches(component, package));
            Assert.Contains($"{package.Replace('/', ' ')}, by ", notices, StringComparison.Ordinal);
        });

        string[] known = [.. files.Values.SelectMany(names => names)];
        string[] unknown =
        [
            .. _zip.Entries.Select(entry => entry.Name)
                .Where(name => name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Where(name => !name.StartsWith("R3X.FxHost", StringComparison.Ordinal)
                    && name is not ("r3x.dll" or "r3x-serve.dll"))
                .Except(known),
        ];
        Assert.Empty(unknown);
    }

    [Fact]
    public async Task A_machine_that_there_is_no_archive_for_is_named_with_those_there_are()
    {
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("r3x-release-");
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            Repository.Root, temporary.FullName, Repository.PathOf("build.sh"), ["--release", "amiga"]);
        temporary.Delete(recursive: true);
        Assert.Equal(2, exitCode);
        Assert.Contains("\"amiga\"", said, StringComparison.Ordinal);
        Assert.Contains("linux-arm64", said, StringComparison.Ordinal);
    }

    private static bool Matches(JsonElement component, string package) =>
        $"{component.GetProperty("name")}/{component.GetProperty("version")}" == package;

    // Of each package, the files that the programs load.
    private Dictionary<string, string[]> FilesOfPackages()
    {
        Dictionary<string, string[]> files = [];
        foreach (string program in new[] { "r3x.deps.json", "r3x-serve.deps.json" })
        {
            using JsonDocument document = JsonDocument.Parse(Text(program));
            JsonElement libraries = document.RootElement.GetProperty("libraries");
            foreach (JsonProperty library in document.RootElement.GetProperty("targets").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject()))
            {
                string? type = libraries.GetProperty(library.Name).GetProperty("type").GetString();
                if (type is not ("package" or "runtimepack"))
                    continue;
                string name = library.Name.Replace("runtimepack.", "", StringComparison.Ordinal);
                files[name] =
                [
                    .. files.GetValueOrDefault(name, []),
                    .. library.Value.EnumerateObject()
                        .Where(part => part.Name is "runtime" or "native")
                        .SelectMany(part => part.Value.EnumerateObject())
                        .Select(file => Path.GetFileName(file.Name)),
                ];
            }
        }

        return files;
    }

    private string Text(string name)
    {
        string folder = Path.GetFileNameWithoutExtension(_archive.Name);
        using var reader = new StreamReader(_zip.GetEntry($"{folder}/{name}")!.Open());
        return reader.ReadToEnd();
    }
}
