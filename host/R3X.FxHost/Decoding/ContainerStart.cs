using System;
using System.Text;

namespace R3X.FxHost.Decoding;

/// <summary>Tells by its first bytes what a file is.</summary>
internal static class ContainerStart
{
    /// <summary>Bytes after which <see cref="Look"/> gives its last word, for an MPEG transport stream beside.</summary>
    public const int Bytes = 24;

    private const int TransportPacket = 188;

    // Four bytes and more that no sound begins with by chance, of what ffmpeg is asked to read: Core Audio, Sun, AMR, WMA, WavPack,
    // Monkey's Audio, True Audio, programme streams, FLV, DTS (big and little endian), Creative's VOC, SPHERE, Sony's Wave64.
    private static readonly byte[][] Foreign =
    [
        [.. "caff"u8], [.. ".snd"u8], [.. "#!AMR"u8], [0x30, 0x26, 0xB2, 0x75], [.. "wvpk"u8], [.. "MAC "u8], [.. "TTA1"u8],
        [0, 0, 1, 0xBA], [.. "FLV\x01"u8], [0x7F, 0xFE, 0x80, 0x01], [0xFE, 0x7F, 0x01, 0x80], [.. "Creative Voice File"u8],
        [.. "NIST_1A"u8], [.. "riff\x2E\x91\xCF\x11"u8], [.. "FORM"u8], [.. "RIFX"u8], [.. "RIFF"u8],
    ];

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>What certainly starts like this, sound or not, whatever somebody named it; null when nothing known does.</summary>
    /// <param name="start">The first <see cref="Bytes"/> bytes, or all there are.</param>
    public static AudioCodec? Certain(ReadOnlySpan<byte> start)
    {
        if (IsWave(start))
            return AudioCodec.Wav;
        if (start.Length < WavChunkHead.WithFormBytes && start.StartsWith("RIFF"u8))
            return AudioCodec.Wav;
        if (start.StartsWith("OggS"u8))
            return AudioCodec.Ogg;
        if (start.StartsWith("fLaC"u8))
            return AudioCodec.Flac;
        if (start.StartsWith(Ebml))
            return AudioCodec.Matroska;
        if (start.StartsWith("FORM"u8) && start.Length >= 11 && start[8..].StartsWith("AIF"u8))
            return AudioCodec.Aiff;
        if (start.Length >= 8 && IsMp4Box(start.Slice(4, 4)))
            return AudioCodec.Mp4;
        if (start.Length >= 10 && start.StartsWith("ID3"u8) && start[3] < 0x10 && start[4] < 0x10)
            return AudioCodec.Mp3;
        foreach (byte[] foreign in Foreign)
        {
            if (start.StartsWith(foreign))
                return AudioCodec.Other;
        }

        return null;
    }

    /// <summary>
    /// What may start like this: <see cref="Certain"/>, or a frame's header of a few bits, which sound may look like. The frames that
    /// follow prove it.
    /// </summary>
    /// <param name="start">The first <see cref="Bytes"/> bytes, or all there are.</param>
    public static AudioCodec? Look(ReadOnlySpan<byte> start)
    {
        if (Certain(start) is { } certain)
            return certain;
        if (start.Length >= 2 && start[0] == 0xFF && (start[1] & 0xF6) == 0xF0)
            return AudioCodec.Aac;
        if (MpegHeader.TryParse(start, out _))
            return AudioCodec.Mp3;
        // AC-3 and its successor, AAC in LOAS, a transport stream.
        bool isForeign = (start.Length >= 2 && start[0] == 0x0B && start[1] == 0x77)
            || (start.Length >= 2 && start[0] == 0x56 && (start[1] & 0xE0) == 0xE0)
            || (start.Length > TransportPacket && start[0] == 0x47 && start[TransportPacket] == 0x47);
        return isForeign ? AudioCodec.Other : null;
    }

    /// <summary>Whether this is a WAV header, whatever codec it holds.</summary>
    public static bool IsWave(ReadOnlySpan<byte> start) => WavChunkHead.IsFile(start);

    /// <summary>Whether these bytes are text: UTF-8 without control characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> start)
    {
        while (!start.IsEmpty)
        {
            // Bytes that end inside a character are no evidence against text.
            if (Rune.DecodeFromUtf8(start, out Rune rune, out int length) is var status && status == System.Buffers.OperationStatus.NeedMoreData)
                return true;
            if (status != System.Buffers.OperationStatus.Done || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f')))
                return false;
            start = start[length..];
        }

        return true;
    }

    /// <summary>
    /// Whether text is a message and no sound that happens to be printable, as a level that never moves is in A-law: it has more than
    /// a few letters.
    /// </summary>
    public static bool IsProse(ReadOnlySpan<byte> text)
    {
        const int FewestLetters = 6;
        Span<bool> seen = stackalloc bool[256];
        int different = 0;
        foreach (byte letter in text)
        {
            different += seen[letter] ? 0 : 1;
            seen[letter] = true;
        }

        return different >= FewestLetters;
    }

    /// <summary>The beginning of a text on one line, to be quoted.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        string line = string.Join(' ', System.Text.Encoding.UTF8.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 120 ? line[..120] + "..." : line;
    }

    private static bool IsMp4Box(ReadOnlySpan<byte> name)
        => name.SequenceEqual("ftyp"u8) || name.SequenceEqual("moov"u8) || name.SequenceEqual("mdat"u8) || name.SequenceEqual("wide"u8);
}
