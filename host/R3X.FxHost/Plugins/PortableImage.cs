using System;
using System.Buffers.Binary;
using System.IO;
using System.Reflection.PortableExecutable;

namespace R3X.FxHost.Plugins;

/// <summary>
/// An assembly without the machine code that was compiled ahead of time. A context that can be unloaded does not use that code, and for
/// each image that has some .NET 10 leaves mapped regions behind when it is unloaded, so that a process could make some 7,000 hosts.
/// </summary>
internal static class PortableImage
{
    // Debug information, and .NET's own header.
    private static readonly int[] KeptDirectories = [6, 14];
    private const int DirectoriesOffset = 112;
    private const int DirectoriesOffset32 = 96;
    private const int FlagsOffset = 16;
    private const int MachineCodeOffset = 64;
    private const int DirectoryBytes = 8;

    // Such an image names its processor mixed with a number for its system: Linux, macOS, FreeBSD.
    private static readonly ushort[] Systems = [0x7B79, 0x4644, 0xADC4];

    /// <summary>Reads an assembly.</summary>
    /// <param name="file">Its path.</param>
    /// <returns>
    /// It without machine code; null when it has none, is no assembly, or on Windows, which keeps nothing of what was unloaded.
    /// </returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[]? Read(string file)
    {
        if (OperatingSystem.IsWindows() || !file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            return image.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 } header
                ? Without(File.ReadAllBytes(file), image.PEHeaders, header.Flags)
                : null;
        }
        catch (BadImageFormatException)
        {
            // A library of the system's own kind.
            return null;
        }
    }

    private static byte[] Without(byte[] bytes, PEHeaders headers, CorFlags flags)
    {
        PEHeader native = headers.PEHeader!;
        int header = headers.CorHeaderStartOffset;
        int directories = headers.PEHeaderStartOffset
            + (native.Magic == PEMagic.PE32Plus ? DirectoriesOffset : DirectoriesOffset32);
        Span<byte> machine = bytes.AsSpan(headers.CoffHeaderStartOffset, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(machine, ProcessorOf(BinaryPrimitives.ReadUInt16LittleEndian(machine)));
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes.AsSpan(header + FlagsOffset), (int)((flags & ~CorFlags.ILLibrary) | CorFlags.ILOnly));
        bytes.AsSpan(header + MachineCodeOffset, DirectoryBytes).Clear();
        for (int i = 0; i < native.NumberOfRvaAndSizes; i++)
        {
            if (Array.IndexOf(KeptDirectories, i) < 0)
                bytes.AsSpan(directories + (i * DirectoryBytes), DirectoryBytes).Clear();
        }

        return bytes;
    }

    private static ushort ProcessorOf(ushort machine)
    {
        foreach (ushort system in Systems)
        {
            if (Enum.IsDefined((Machine)(machine ^ system)))
                return (ushort)(machine ^ system);
        }

        return machine;
    }
}
