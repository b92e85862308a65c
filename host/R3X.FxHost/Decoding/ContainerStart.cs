using System;
using System.Buffers.Binary;
using System.Text;

namespace R3X.FxHost.Decoding;

/// <summary>Tells by its first bytes what a file is.</summary>
internal static class ContainerStart
{
    /// <summary>Bytes after which <see cref="Look"/> gives its last word.</summary>
    public const int Bytes = 24;

    /// <summary>What starts like this; null when nothing known does.</summary>
    /// <param name="start">The first <see cref="Bytes"/> bytes, or all there are.</param>
    public static AudioCodec? Look(ReadOnlySpan<byte> start)
    {
        if (IsWave(start))
            return IsForeignWave(start) ? AudioCodec.Other : AudioCodec.Wav;
        if (start.Length < 12 && start.StartsWith("RIFF"u8))
            return AudioCodec.Wav;
        if (start.StartsWith("OggS"u8))
            return AudioCodec.Ogg;
        if (start.StartsWith("fLaC"u8))
            return AudioCodec.Flac;
        if (start.StartsWith("\x1A\x45"u8) && start.Length > 3 && start[2] == 0xDF && start[3] == 0xA3)
            return AudioCodec.Matroska;
        if (start.StartsWith("FORM"u8) && start.Length >= 11 && start[8..].StartsWith("AIF"u8))
            return AudioCodec.Aiff;
        if (start.Length >= 8 && IsMp4Box(start.Slice(4, 4)))
            return AudioCodec.Mp4;
        if (start.Length >= 2 && start[0] == 0xFF && (start[1] & 0xF6) == 0xF0)
            return AudioCodec.Aac;
        if (MpegHeader.TryParse(start, out _))
            return AudioCodec.Mp3;
        return IsForeign(start) ? AudioCodec.Other : null;
    }

    /// <summary>Whether this is a WAV header, whatever codec it holds.</summary>
    public static bool IsWave(ReadOnlySpan<byte> start)
        => start.Length >= 12 && (start.StartsWith("RIFF"u8) || start.StartsWith("RF64"u8)) && start.Slice(8, 4).SequenceEqual("WAVE"u8);

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

    /// <summary>The beginning of a text on one line, to be quoted.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        string line = string.Join(' ', System.Text.Encoding.UTF8.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 120 ? line[..120] + "..." : line;
    }

    private static bool IsForeignWave(ReadOnlySpan<byte> start)
        => start.Length >= 22 && start.Slice(12, 4).SequenceEqual("fmt "u8) && !WavFormatChunk.Knows(BinaryPrimitives.ReadUInt16LittleEndian(start[20..]));

    private static bool IsMp4Box(ReadOnlySpan<byte> name)
        => name.SequenceEqual("ftyp"u8) || name.SequenceEqual("moov"u8) || name.SequenceEqual("mdat"u8) || name.SequenceEqual("wide"u8);

    // AVI and big-endian WAV, Core Audio, Sun, AMR, ASF and WMA, WavPack, Monkey's Audio, True Audio, MPEG programme streams.
    private static bool IsForeign(ReadOnlySpan<byte> start)
        => start.StartsWith("RIFF"u8) || start.StartsWith("RIFX"u8) || start.StartsWith("caff"u8) || start.StartsWith(".snd"u8)
            || start.StartsWith("#!AMR"u8) || start.StartsWith("\x30\x26"u8[..2]) && start.Length > 3 && start[2] == 0xB2 && start[3] == 0x75
            || start.StartsWith("wvPk"u8) || start.StartsWith("MAC "u8) || start.StartsWith("TTA1"u8)
            || start.StartsWith("\0\0\x01\xBA"u8[..3]) && start.Length > 3 && start[3] == 0xBA;
}
