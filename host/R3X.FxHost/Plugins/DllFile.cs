using System;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace R3X.FxHost.Plugins;

/// <summary>What a file called .dll turns out to be. Read without loading it and without keeping it open.</summary>
/// <param name="File">Its absolute path.</param>
internal sealed record DllFile(string File)
{
    /// <summary>The assembly's name; null when it is no .NET assembly.</summary>
    public string? AssemblyName { get; private init; }

    /// <summary>The version people read, such as <c>0.1.0</c>.</summary>
    public string Version { get; private init; } = "";

    /// <summary>What the compiler gave it and every copy of it, and no other build.</summary>
    public Guid Build { get; private init; }

    /// <summary>What its effect attribute says; null when it has none.</summary>
    public EffectMark? Mark { get; private init; }

    /// <summary>Whether it is a library of machine code, which a plugin may bring along.</summary>
    public bool IsNative { get; private init; }

    /// <summary>Why it is neither of these; null when it is one.</summary>
    public RefusedPlugin? Refused { get; private init; }

    /// <summary>Looks into a file. Never throws for what the file holds.</summary>
    /// <param name="file">Its absolute path.</param>
    public static DllFile Read(string file)
    {
        const string CopyAgain = "Copy it again from where it was built, or delete it.";
        try
        {
            // Pipes and devices have no length, and opening one could wait for ever.
            if (LengthOf(file) == 0)
                return Refuse(file, "It is empty.", CopyAgain);
            // The headers are read a number at a time.
            using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);
            Span<byte> start = stackalloc byte[4];
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (IsForeignLibrary(start[..read]))
                return new DllFile(file) { IsNative = true };
            if (!start[..read].StartsWith("MZ"u8))
                return Refuse(file, "It is not a .NET assembly but some other file that is called .dll.",
                    "Delete it, or give it its right ending.");
            stream.Position = 0;
            return ReadProgramFile(file, stream)
                ?? Refuse(file, "It is cut short: parts that its header lists are missing.", CopyAgain);
        }
        catch (UnauthorizedAccessException)
        {
            return Refuse(file, "It cannot be read: access is denied.", "Let the user who runs the host read it.");
        }
        catch (FileNotFoundException)
        {
            return Refuse(file, "It cannot be read: it is a link to a file that does not exist.",
                "Build the plugin again, or delete the link.");
        }
        catch (IOException e)
        {
            return Refuse(file, $"It cannot be read: {e.Message}", "Check the disk and the file's permissions.");
        }
        catch (Exception)
        {
            // Damaged metadata comes out of the reader as one of half a dozen exceptions; none says more than this.
            return Refuse(
                file, "It is damaged: it begins as a .NET assembly, but cannot be read to its end.", CopyAgain);
        }
    }

    private static DllFile? ReadProgramFile(string file, FileStream stream)
    {
        using var image = new PEReader(stream, PEStreamOptions.LeaveOpen);
        for (int i = 0; i < image.PEHeaders.SectionHeaders.Length; i++)
        {
            SectionHeader section = image.PEHeaders.SectionHeaders[i];
            if ((long)section.PointerToRawData + section.SizeOfRawData > stream.Length)
                return null;
        }

        if (!image.HasMetadata)
            return new DllFile(file) { IsNative = true };
        MetadataReader metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            return Refuse(file, "It is a .NET module, not an assembly.", "Build the plugin as a class library.");
        return new DllFile(file)
        {
            AssemblyName = metadata.GetString(metadata.GetAssemblyDefinition().Name),
            Version = VersionOf(metadata),
            Build = metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            Mark = EffectMark.Read(metadata),
        };
    }

    private static string VersionOf(MetadataReader metadata)
    {
        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        foreach (CustomAttributeHandle handle in assembly.GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (!EffectMark.IsOfType(metadata, attribute, typeof(AssemblyInformationalVersionAttribute)))
                continue;
            BlobReader blob = metadata.GetBlobReader(attribute.Value);
            blob.ReadUInt16();
            string text = (blob.ReadSerializedString() ?? "").Split('+')[0];
            if (text.Length > 0)
                return text;
        }

        return assembly.Version.ToString(3);
    }

    // ELF and Mach-O: plugins from other systems call their native libraries .dll too.
    private static bool IsForeignLibrary(ReadOnlySpan<byte> start) =>
        start.SequenceEqual("\u007fELF"u8)
        || start.SequenceEqual((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE])
        || start.SequenceEqual((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE]);

    private static long LengthOf(string file)
    {
        var info = new FileInfo(file);
        return info.LinkTarget is null
            ? info.Length : ((FileInfo)info.ResolveLinkTarget(returnFinalTarget: true)!).Length;
    }

    private static DllFile Refuse(string file, string reason, string fix) =>
        new(file) { Refused = new RefusedPlugin(file, reason, fix) };
}
