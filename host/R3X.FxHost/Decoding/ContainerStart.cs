using System;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>Tells by its first bytes what a file is.</summary>
internal static class ContainerStart
{
    /// <summary>Bytes after which <see cref="Certain"/> gives its last word.</summary>
    public const int Bytes = 24;

    // Bytes that no sound begins with by chance, of what ffmpeg is asked to read: Core Audio, Sun, AMR, WMA, WavPack,
    // Monkey's Audio, True Audio, programme streams, FLV, DTS (big and little endian), Creative's VOC, SPHERE, Sony's
    // Wave64, IFF, and RIFF that is no WAVE; of what nobody reads as sound: gzip, which an error's body may come in,
    // and zip.
    private static readonly byte[][] Foreign =
    [
        [.. "caff"u8], [.. ".snd"u8], [.. "#!AMR"u8], [0x30, 0x26, 0xB2, 0x75], [.. "wvpk"u8], [.. "MAC "u8],
        [.. "TTA1"u8], [0, 0, 1, 0xBA], [.. "FLV\x01"u8], [0x7F, 0xFE, 0x80, 0x01], [0xFE, 0x7F, 0x01, 0x80],
        [.. "Creative Voice File"u8],
        [.. "NIST_1A"u8], [.. "riff\x2E\x91\xCF\x11"u8], [.. "FORM"u8], [.. "RIFX"u8], [.. "RIFF"u8],
        [0x1F, 0x8B, 8], [.. "PK\x03\x04"u8],
    ];

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>
    /// What certainly starts like this, sound or not, whatever somebody named it; null when nothing known does.
    /// </summary>
    /// <param name="start">The first <see cref="Bytes"/> bytes, or all there are.</param>
    public static AudioCodec? Certain(ReadOnlySpan<byte> start)
    {
        if (IsWave(start))
            return AudioCodec.Wav;
        if (start.Length < WavChunkHead.WithFormBytes && start.StartsWith("RIFF"u8))
            return AudioCodec.Wav;
        // Behind its name, a page's version is 0; a FLAC file's first block is STREAMINFO.
        if (start.StartsWith("OggS"u8) && start.Length > 5 && start[4] == 0 && start[5] < 8)
            return AudioCodec.Ogg;
        if (start.StartsWith("fLaC"u8) && start.Length > 4 && (start[4] & 0x7F) == 0)
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
    /// What a header of a few bits may say, which sound may look like: the frames that follow prove it.
    /// </summary>
    /// <param name="start">The first <see cref="Bytes"/> bytes, or all there are.</param>
    public static AudioCodec? MayBeFrame(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 2 && start[0] == 0xFF && (start[1] & 0xF6) == 0xF0)
            return AudioCodec.Aac;
        return MpegHeader.TryParse(start, out _) ? AudioCodec.Mp3 : null;
    }

    /// <summary>Whether this is a WAV header, whatever codec it holds.</summary>
    public static bool IsWave(ReadOnlySpan<byte> start) => WavChunkHead.IsFile(start);

    private static bool IsMp4Box(ReadOnlySpan<byte> name)
        => name.SequenceEqual("ftyp"u8) || name.SequenceEqual("moov"u8) || name.SequenceEqual("mdat"u8)
            || name.SequenceEqual("wide"u8);
}
