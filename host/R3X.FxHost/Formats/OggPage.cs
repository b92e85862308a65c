using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Formats;

/// <summary>A page of an Ogg stream (RFC 3533): whole packets, and parts of packets at either end.</summary>
internal readonly ref struct OggPage
{
    public const int HeadBytes = 27;
    public const int MostSegments = 255;

    /// <summary>The longest page there can be.</summary>
    public const int MostBytes = HeadBytes + MostSegments + (MostSegments * 255);

    private static readonly uint[] Crc = CrcTable();

    /// <summary>Whether its first bytes go on with the packet that the page before began.</summary>
    public bool ContinuesPacket { get; init; }

    /// <summary>Whether its stream begins with it.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether its stream ends with it.</summary>
    public bool IsLast { get; init; }

    /// <summary>The codec's count of samples at the end of the last packet that ends here; -1 where none
    /// does.</summary>
    public long Granule { get; init; }

    /// <summary>Which stream of the file it belongs to.</summary>
    public uint Serial { get; init; }

    /// <summary>Its number within its stream.</summary>
    public uint Sequence { get; init; }

    /// <summary>Lengths of the segments; a packet ends with one that is shorter than 255.</summary>
    public ReadOnlySpan<byte> Segments { get; init; }

    /// <summary>The segments.</summary>
    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Whether bytes begin a page.</summary>
    public static bool IsHead(ReadOnlySpan<byte> bytes) => bytes.Length > 4 && bytes.StartsWith("OggS"u8)
        && bytes[4] == 0;

    /// <summary>The length of the page that begins here; 0 where more bytes are needed to know.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes || bytes.Length < HeadBytes + bytes[26])
            return 0;
        int length = HeadBytes + bytes[26];
        foreach (byte segment in bytes.Slice(HeadBytes, bytes[26]))
            length += segment;
        return length;
    }

    /// <summary>Reads a page whose length is known; of one that was cut, the body is what there is.</summary>
    public static OggPage Read(ReadOnlySpan<byte> bytes) => new()
    {
        ContinuesPacket = (bytes[5] & 1) != 0,
        IsFirst = (bytes[5] & 2) != 0,
        IsLast = (bytes[5] & 4) != 0,
        Granule = BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]),
        Serial = BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]),
        Sequence = BinaryPrimitives.ReadUInt32LittleEndian(bytes[18..]),
        Segments = bytes.Slice(HeadBytes, bytes[26]),
        Body = bytes[(HeadBytes + bytes[26])..],
    };

    /// <summary>Whether a whole page's checksum is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> page) =>
        Checksum(page) == BinaryPrimitives.ReadUInt32LittleEndian(page[22..]);

    /// <summary>Writes the page.</summary>
    /// <param name="target">Room for it.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> target)
    {
        "OggS"u8.CopyTo(target);
        target[4] = 0;
        target[5] = (byte)((ContinuesPacket ? 1 : 0) | (IsFirst ? 2 : 0) | (IsLast ? 4 : 0));
        BinaryPrimitives.WriteInt64LittleEndian(target[6..], Granule);
        BinaryPrimitives.WriteUInt32LittleEndian(target[14..], Serial);
        BinaryPrimitives.WriteUInt32LittleEndian(target[18..], Sequence);
        target[26] = (byte)Segments.Length;
        Segments.CopyTo(target[HeadBytes..]);
        Body.CopyTo(target[(HeadBytes + Segments.Length)..]);
        int bytes = HeadBytes + Segments.Length + Body.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(target[22..], Checksum(target[..bytes]));
        return bytes;
    }

    // Its own four bytes count as zero.
    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        uint crc = 0;
        for (int i = 0; i < page.Length; i++)
            crc = (crc << 8) ^ Crc[(crc >> 24) ^ (i is >= 22 and < 26 ? 0u : page[i])];
        return crc;
    }

    private static uint[] CrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i << 24;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ ((crc & 0x8000_0000) != 0 ? 0x04C1_1DB7u : 0);
            table[i] = crc;
        }

        return table;
    }
}
