using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace R3X.FxHost.Plugins;

/// <summary>
/// What most likely keeps a plugin in memory that was let go of: calls in its code that are known to, read from
/// metadata. Any thread.
/// </summary>
internal static class LikelyRoot
{
    // Measured: these keep a context alive; a pool of arrays, a regular expression or a thread's own field does not.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["System.Threading.Thread..ctor"] = "starts a Thread",
        ["System.Threading.Timer..ctor"] = "starts a Timer",
        ["System.Timers.Timer..ctor"] = "starts a Timer",
        ["System.Threading.PeriodicTimer..ctor"] = "starts a PeriodicTimer",
        ["System.Threading.Tasks.Task.Run"] = "starts a Task, which may not have ended",
        ["System.Threading.Tasks.TaskFactory.StartNew"] = "starts a Task, which may not have ended",
        ["System.Threading.ThreadPool.RegisterWaitForSingleObject"] = "registers a wait with the thread pool",
        ["System.Threading.AsyncLocal`1..ctor"] = "has an AsyncLocal",
        ["System.Runtime.InteropServices.GCHandle.Alloc"] = "holds objects with GCHandle",
        ["System.Text.Json.JsonSerializer.Serialize"] = "uses JsonSerializer, which keeps what it reflected",
        ["System.Text.Json.JsonSerializer.Deserialize"] = "uses JsonSerializer, which keeps what it reflected",
    };

    /// <summary>Names them.</summary>
    /// <param name="file">The effect's assembly; the libraries beside it are read as well.</param>
    /// <returns>As <c>Warble.dll starts a Timer</c>, several with commas; null when there are none.</returns>
    public static string? In(string file)
    {
        var found = new List<string>();
        string folder = Path.GetDirectoryName(file)!;
        foreach (string library in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.dll") : [])
            Search(library, found);
        return found.Count == 0 ? null : string.Join(", ", found);
    }

    private static void Search(string file, List<string> found)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            if (!image.HasMetadata)
                return;
            MetadataReader metadata = image.GetMetadataReader();
            foreach (MemberReferenceHandle handle in metadata.MemberReferences)
            {
                if (Describe(metadata, metadata.GetMemberReference(handle)) is not { } does)
                    continue;
                string said = $"{Path.GetFileName(file)} {does}";
                if (!found.Contains(said))
                    found.Add(said);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // What cannot be read says nothing.
        }
    }

    private static string? Describe(MetadataReader metadata, MemberReference member)
    {
        if (TypeOf(metadata, member.Parent) is not { } type)
            return null;
        string name = metadata.GetString(member.Name);
        if (type == "System.ComponentModel.TypeDescriptor")
            return "uses TypeDescriptor, which keeps the types it is asked about";
        bool isStatic = !metadata.GetBlobReader(member.Signature).ReadSignatureHeader().IsInstance;
        return isStatic && name.StartsWith("add_", StringComparison.Ordinal)
            ? $"listens to {type}.{name[4..]}" : Known.GetValueOrDefault($"{type}.{name}");
    }

    // The full name of a type of another assembly, a generic one's without what it is made of; null for its own.
    private static string? TypeOf(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            BlobReader blob = metadata.GetBlobReader(
                metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;
            blob.ReadSignatureTypeCode();
            parent = blob.ReadTypeHandle();
        }

        if (parent.Kind != HandleKind.TypeReference)
            return null;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
