using System;
using System.Buffers.Binary;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>The head of a program or library of macOS (Mach-O, 64 bits): for which processor it is, and whether it is
/// signed, without which Apple's own processors start nothing.</summary>
internal sealed class MachO
{
    private const uint Magic = 0xFEEDFACF;
    private const int HeadBytes = 32;
    private const int CodeSignature = 0x1D;

    public MachO(byte[] file)
    {
        Assert.Equal(Magic, BinaryPrimitives.ReadUInt32LittleEndian(file));
        Processor = Number(file, 4);
        int command = HeadBytes;
        for (int left = Number(file, 16); left > 0; left--)
        {
            IsSigned |= Number(file, command) == CodeSignature;
            command += Number(file, command + 4);
        }
    }

    /// <summary>The processor's number: 0x01000007 is x64, 0x0100000C ARM64.</summary>
    public int Processor { get; }

    /// <summary>Whether it carries a signature.</summary>
    public bool IsSigned { get; }

    private static int Number(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
}
