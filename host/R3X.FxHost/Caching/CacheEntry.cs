using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using Text = System.Text.Encoding;

namespace R3X.FxHost.Caching;

/// <summary>
/// What a file of the cache holds: a mark, three lengths and a checksum, then the key, the format and the bytes. The
/// file's name follows from the key alone; the key is inside as well, so that two keys of one name are told apart.
/// </summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Format">What the bytes are; empty when they tell themselves.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record CacheEntry(string Key, string Format, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How the files of a cache end.</summary>
    public const string Ending = ".r3x-line";

    private const int HeaderBytes = 8 + (3 * sizeof(int)) + SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static ReadOnlySpan<byte> Mark => "R3XLINE1"u8;

    /// <summary>The name of a key's file.</summary>
    public static string FileName(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Text.UTF8.GetBytes(key))) + Ending;

    /// <summary>Whether a file is one of a cache's by its name.</summary>
    public static bool IsName(string fileName) =>
        fileName.Length == (2 * SHA256.HashSizeInBytes) + Ending.Length
        && fileName.EndsWith(Ending, StringComparison.Ordinal)
        && fileName.AsSpan(0, 2 * SHA256.HashSizeInBytes).IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        byte[] key = Text.UTF8.GetBytes(Key), format = Text.UTF8.GetBytes(Format);
        var header = new byte[HeaderBytes];
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), format.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), Bytes.Length);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[key, format, Bytes])
            sum.AppendData(part.Span);
        sum.GetHashAndReset(header.AsSpan(20));
        stream.Write(header);
        stream.Write(key);
        stream.Write(format);
        stream.Write(Bytes.Span);
    }

    /// <summary>Reads whose a file is, and not its bytes, which may be damaged.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static (string Key, string Format, int Bytes) ReadHead(Stream stream)
    {
        var header = new byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || !header.AsSpan().StartsWith(Mark))
            throw new InvalidDataException("It is no line that was kept.");
        int key = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        int format = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16));
        if (key < 0 || format < 0 || bytes < 0 || HeaderBytes + (long)key + format + bytes != stream.Length)
            throw new InvalidDataException("It is not as long as it says.");
        var names = new byte[key + format];
        stream.ReadExactly(names);
        return (Text.UTF8.GetString(names, 0, key), Text.UTF8.GetString(names, key, format), bytes);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is none, or no longer what was written.</exception>
    public static CacheEntry Read(byte[] file)
    {
        if (file.Length < HeaderBytes || !file.AsSpan().StartsWith(Mark))
            throw new InvalidDataException("It is no line that was kept.");
        long key = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        long format = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        long bytes = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(16));
        if (key < 0 || format < 0 || bytes < 0 || HeaderBytes + key + format + bytes != file.Length)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"It should hold {HeaderBytes + key + format + bytes} bytes and holds {file.Length}."));
        if (!SHA256.HashData(file.AsSpan(HeaderBytes)).AsSpan().SequenceEqual(file.AsSpan(20, SHA256.HashSizeInBytes)))
            throw new InvalidDataException("Its checksum is wrong.");
        return new CacheEntry(
            Text.UTF8.GetString(file, HeaderBytes, (int)key),
            Text.UTF8.GetString(file, HeaderBytes + (int)key, (int)format),
            file.AsMemory(HeaderBytes + (int)(key + format)));
    }
}
