using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Batch;

/// <summary>
/// What code is, in one word. The compiler writes a name into every assembly that follows from its sources alone, so an
/// effect compiled ahead of time for two kinds of processors is the same effect; a hash of its file would not be.
/// </summary>
internal static class CodeIdentity
{
    /// <summary>This host: its version, and what the code of library and Sdk is.</summary>
    public static string Host { get; } = Version() + " " + Word(
        [typeof(FxHost).Module.ModuleVersionId.ToString(), typeof(AudioBlock).Module.ModuleVersionId.ToString()]);

    /// <summary>What a plugin's DLLs are.</summary>
    /// <param name="files">Their paths.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static string Of(IEnumerable<string> files) => Word(
        files.Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {NameOf(file)}"));

    private static string NameOf(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            using var assembly = new PEReader(stream, PEStreamOptions.LeaveOpen);
            if (assembly.HasMetadata)
            {
                MetadataReader metadata = assembly.GetMetadataReader();
                return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString();
            }
        }
        catch (BadImageFormatException)
        {
            // A library that is not .NET's.
        }

        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Word(IEnumerable<string> names) => Convert.ToHexStringLower(
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names))))[..16];

    private static string Version() =>
        typeof(FxHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
