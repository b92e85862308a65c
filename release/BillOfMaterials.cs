using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Release;

/// <summary>
/// An archive's bill of materials, in CycloneDX's JSON: what the tool found in the project, without what only builds
/// need, and with the runtime, which the tool does not see.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>The file's name in the archive.</summary>
    public const string FileName = "sbom.cdx.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Makes it.</summary>
    /// <param name="archive">The archive's name, r3x-VERSION-RID.</param>
    /// <param name="packages">What is inside.</param>
    /// <param name="found">What the tool wrote.</param>
    /// <exception cref="InvalidDataException">The tool did not find a package that is inside.</exception>
    public static string Of(string archive, Package[] packages, string found)
    {
        JsonObject bill = JsonNode.Parse(found)!.AsObject();
        Dictionary<string, JsonObject> known = bill["components"]!.AsArray().Cast<JsonObject>()
            .ToDictionary(static component => (string)component["purl"]!, StringComparer.OrdinalIgnoreCase);
        JsonObject[] components =
        [
            .. packages.Select(package =>
                known.TryGetValue(Purl(package), out JsonObject? component) ? Licensed(component, package)
                : IsRuntime(Purl(package)) ? Component(package)
                : throw new InvalidDataException($"CycloneDX's tool did not find {package.Id} {package.Version}.")),
        ];

        JsonObject metadata = bill["metadata"]!.AsObject();
        string project = (string)metadata["component"]!["bom-ref"]!;
        // The time of every file in the archive: the same sources give the same bill.
        metadata["timestamp"] = $"{Archive.Time:yyyy-MM-ddTHH:mm:ssZ}";
        metadata["component"] = new JsonObject
        {
            ["type"] = "application",
            ["bom-ref"] = archive,
            ["name"] = "r3x",
            ["version"] = archive.Split('-')[1],
            ["licenses"] = Licences("MIT"),
        };
        bill["components"] = new JsonArray([.. components]);
        HashSet<string> inside = [.. components.Select(static component => (string)component["bom-ref"]!)];
        bill["dependencies"] = Dependencies(bill["dependencies"]!.AsArray(), project, archive, inside);
        return bill.ToJsonString(Indented) + "\n";
    }

    private static bool IsRuntime(string purl) => purl.Contains(".App.Runtime.", StringComparison.Ordinal);

    // The tool leaves out a licence that is a text in the package.
    private static JsonObject Licensed(JsonObject component, Package package)
    {
        JsonObject copy = component.DeepClone().AsObject();
        copy["licenses"] ??= new JsonArray(new JsonObject
        {
            ["license"] = new JsonObject { ["name"] = $"of {package.Id}, see {Notices.FileName}" },
        });
        return copy;
    }

    private static JsonObject Component(Package package) => new()
    {
        ["type"] = "framework",
        ["bom-ref"] = Purl(package),
        ["authors"] = new JsonArray(new JsonObject { ["name"] = package.Authors }),
        ["name"] = package.Id,
        ["version"] = package.Version,
        ["scope"] = "required",
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Hash }),
        ["licenses"] = Licences(package.LicenceExpression ?? "MIT"),
        ["purl"] = Purl(package),
    };

    private static JsonArray Licences(string spdx) =>
        new(new JsonObject { ["license"] = new JsonObject { ["id"] = spdx } });

    // The project becomes the archive, which needs the runtime, too.
    private static JsonArray Dependencies(JsonArray found, string project, string archive, HashSet<string> inside)
    {
        var edges = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (string reference in inside.Append(archive))
            edges[reference] = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonNode? entry in found)
        {
            string of = (string)entry!["ref"]!;
            if (edges.TryGetValue(of == project ? archive : of, out SortedSet<string>? on))
                on.UnionWith(
                    (entry["dependsOn"]?.AsArray() ?? []).Select(other => (string)other!).Where(inside.Contains));
        }

        edges[archive].UnionWith(inside.Where(IsRuntime));
        return new JsonArray([.. edges.Select(static edge => new JsonObject
        {
            ["ref"] = edge.Key,
            ["dependsOn"] = new JsonArray([.. edge.Value.Select(static on => (JsonNode)on)]),
        })]);
    }

    private static string Purl(Package package) => $"pkg:nuget/{package.Id}@{package.Version}";
}
