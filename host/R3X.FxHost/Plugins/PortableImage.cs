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
    private const int FlagsOffset = 16;
    private const int MachineCodeOffset = 64;

    // Such an image names its processor mixed with a number for its system: Linux, macOS, FreeBSD.
    private static readonly ushort[] Systems = [0x7B79, 0x4644, 0xADC4];

    /// <summary>Reads an assembly.</summary>
    /// <param name="file">Its path.</param>
    /// <returns>It without machine code; null when it has none.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is damaged.</exception>
    public static byte[]? Read(string file)
    {
        int header;
        CorFlags flags;
        int machineOffset;
        using (var image = new PEReader(File.OpenRead(file)))
        {
            if (image.PEHeaders.CorHeader is not { ManagedNativeHeaderDirectory.Size: > 0 } managed)
                return null;
            (header, flags, machineOffset) = (image.PEHeaders.CorHeaderStartOffset, managed.Flags, image.PEHeaders.CoffHeaderStartOffset);
        }

        byte[] bytes = File.ReadAllBytes(file);
        Span<byte> machine = bytes.AsSpan(machineOffset, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(machine, ProcessorOf(BinaryPrimitives.ReadUInt16LittleEndian(machine)));
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes.AsSpan(header + FlagsOffset), (int)((flags & ~CorFlags.ILLibrary) | CorFlags.ILOnly));
        bytes.AsSpan(header + MachineCodeOffset, 2 * sizeof(int)).Clear();
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
