using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace R3X.FxHost.Conformance;

/// <summary>What in an assembly may keep it in memory: the calls of the framework that are known to.</summary>
internal static class LikelyRoots
{
    // A type and the beginning of a member's name, and what that leaves behind.
    private static readonly (string Type, string Member, string Leaves)[] Known =
    [
        ("Timer", ".ctor", "a timer"),
        ("PeriodicTimer", ".ctor", "a timer"),
        ("Thread", ".ctor", "a thread"),
        ("Task", "Run", "a task"),
        ("TaskFactory", "StartNew", "a task"),
        ("ThreadPool", "", "work for the thread pool"),
        ("AsyncLocal`1", ".ctor", "a value of an execution context"),
        ("GCHandle", "Alloc", "a handle"),
        ("JsonSerializer", "", "a cache of JSON by reflection"),
        ("TypeDescriptor", "", "a cache of type descriptions"),
        ("Marshal", "GetFunctionPointerForDelegate", "a callback of native code"),
        ("PosixSignalRegistration", "Create", "a handler of a signal"),
    ];

    /// <summary>Names them in a sentence.</summary>
    /// <param name="file">The assembly.</param>
    public static string In(string file)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        using var image = new PEReader(new MemoryStream(File.ReadAllBytes(file)));
        MetadataReader metadata = image.GetMetadataReader();
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            string name = metadata.GetString(member.Name);
            if (TypeOf(metadata, member.Parent) is not { } type)
                continue;
            if (name.StartsWith("add_", StringComparison.Ordinal))
                found.Add($"a handler of {type}.{name[4..]}");
            found.UnionWith(Known.Where(known => known.Type == type
                && name.StartsWith(known.Member, StringComparison.Ordinal)).Select(
                known => $"{known.Leaves} ({type}{(name == ".ctor" ? "" : "." + name)})"));
        }

        return found.Count == 0
            ? "It calls nothing that is known to hold code; a library of its own may."
            : $"Its likely roots, by what it calls: {string.Join(", ", found)}.";
    }

    private static string? TypeOf(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => metadata.GetString(
            metadata.GetTypeReference((TypeReferenceHandle)parent).Name),
        HandleKind.TypeSpecification => GenericOf(metadata, (TypeSpecificationHandle)parent),
        _ => null,
    };

    // What a generic type is made of: its signature begins with 0x15 (generic instance), class or value type, the type.
    private static string? GenericOf(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadByte() != 0x15)
            return null;
        signature.ReadByte();
        return TypeOf(metadata, signature.ReadTypeHandle());
    }
}
