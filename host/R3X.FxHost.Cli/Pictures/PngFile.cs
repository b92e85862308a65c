using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>Writes PNG (W3C, second edition): true colour, 8 bits, one compressed stretch.</summary>
internal static class PngFile
{
    private const int ColourBytes = 3;

    // "Sub": each byte less the one of the pixel to the left, so that plain areas are zeros.
    private const byte SubFilter = 1;

    private static readonly uint[] Checks = MakeChecks();

    /// <param name="target">Where to.</param>
    /// <param name="pixels">Red, green and blue of each pixel, row by row from the top.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static void Write(Stream target, ReadOnlySpan<byte> pixels, int width, int height)
    {
        target.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 2;
        header[10..].Clear();
        WriteChunk(target, "IHDR"u8, header);
        WriteChunk(target, "IDAT"u8, Compressed(pixels, width, height));
        WriteChunk(target, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Compressed(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            int rowBytes = width * ColourBytes;
            byte[] filtered = new byte[1 + rowBytes];
            for (int row = 0; row < height; row++)
            {
                ReadOnlySpan<byte> line = pixels.Slice(row * rowBytes, rowBytes);
                filtered[0] = SubFilter;
                for (int i = 0; i < rowBytes; i++)
                    filtered[1 + i] = (byte)(line[i] - (i < ColourBytes ? 0 : line[i - ColourBytes]));
                zlib.Write(filtered);
            }
        }

        return memory.GetBuffer().AsSpan(0, (int)memory.Length);
    }

    private static void WriteChunk(Stream target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        target.Write(number);
        target.Write(type);
        target.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Check(Check(uint.MaxValue, type), data));
        target.Write(number);
    }

    // The cyclic redundancy check of the PNG specification, annex D.
    private static uint Check(uint so, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            so = Checks[(so ^ value) & 0xFF] ^ (so >> 8);
        return so;
    }

    private static uint[] MakeChecks()
    {
        var checks = new uint[256];
        for (uint i = 0; i < checks.Length; i++)
        {
            uint check = i;
            for (int bit = 0; bit < 8; bit++)
                check = (check & 1) != 0 ? 0xEDB88320 ^ (check >> 1) : check >> 1;
            checks[i] = check;
        }

        return checks;
    }
}
