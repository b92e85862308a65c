using System;
using System.Collections.Generic;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>The door of this room: a decoder for any line. Any thread.</summary>
public static class Decoders
{
    /// <summary>Opens a decoder for one line.</summary>
    /// <param name="inputFormat">
    /// Null to tell by the first bytes; or a name as <see cref="AudioFormatName"/> reads it, which headerless samples
    /// need. Where bytes with a header are something else than their name, they are read as what they are and a warning
    /// says so.
    /// </param>
    /// <exception cref="FormatException">There is no such format; the message lists those there are and the
    /// nearest.</exception>
    internal static IDecoder Open(string? inputFormat)
        => Open(inputFormat is null ? null : AudioFormatName.Parse(inputFormat), CodecTools.Installed());

    /// <summary>What decoders and encoders use from outside, and whether it is installed.</summary>
    public static IReadOnlyList<InstalledCodec> InstalledCodecs()
    {
        CodecTools tools = CodecTools.Installed();
        return
        [
            new InstalledCodec("libmpg123", "decodes MP3 faster (optional)", tools.HasMpg123,
                NativeCodec.Mpg123.Install, IsOptional: true),
            new InstalledCodec("libmp3lame", "writes MP3 without ffmpeg (optional)", NativeCodec.Lame.IsInstalled,
                NativeCodec.Lame.Install, IsOptional: true),
            new InstalledCodec("ffmpeg", "decodes FLAC, AAC, MP4 and the rest; writes AAC, MP4 and the rest",
                tools.Ffmpeg is not null, FfmpegProcess.InstallLine),
        ];
    }

    internal static IDecoder Open(AudioFormatName? named, CodecTools tools)
    {
        if (named is { Codec: AudioCodec.Pcm or AudioCodec.Float, SampleRate: null })
            throw new FormatException(
                $"Headerless samples do not say their rate; the name must: {named}_24000, {named}_44100 and so on.");
        return new SniffingDecoder(named, tools);
    }
}
