using System;
using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>The door of this room: an encoder for any format that is written. Any thread.</summary>
public static class Encoders
{
    /// <summary>Opens an encoder. Where the name states another rate than the blocks have, they are resampled to
    /// it.</summary>
    /// <param name="stream">Where the bytes go; need not seek. Stays open.</param>
    /// <param name="format">The format the blocks come in.</param>
    /// <param name="name">
    /// What to write. Headerless names are mono, so stereo blocks are averaged, unless the name ends in _stereo; of
    /// channels that cancel each other the left one is taken. Anything but WAV, headerless samples and Opus goes
    /// through ffmpeg.
    /// </param>
    /// <param name="ditherSeed">Seed of the dither at 16 bits; the same seed gives the same bytes.</param>
    /// <param name="samples">How a WAV file keeps its samples; of no effect otherwise.</param>
    /// <exception cref="NotSupportedException">
    /// The format is only read, or needs ffmpeg, which is not installed; the message says what to do.
    /// </exception>
    public static IEncoder Open(
        Stream stream, AudioFormat format, AudioFormatName name, ulong ditherSeed,
            SampleFormat samples = SampleFormat.Int16)
        => Open(stream, format, name, ditherSeed, samples, FfmpegProcess.Find());

    internal static IEncoder Open(
        Stream stream, AudioFormat format, AudioFormatName name, ulong ditherSeed, SampleFormat samples, string? ffmpeg)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        int rate = name.SampleRate
            ?? (name.Codec is AudioCodec.MuLaw or AudioCodec.ALaw ? AudioFormat.MinimumSampleRate : format.SampleRate);
        if (name.Codec == AudioCodec.Opus)
            rate = OggOpusEncoder.RateFor(rate);
        AudioFormat written = format with { SampleRate = rate };
        IEncoder encoder = name.Codec switch
        {
            AudioCodec.Opus => new OggOpusEncoder(stream, written, name, ditherSeed),
            AudioCodec.Wav => new WavEncoder(stream, written, samples, ditherSeed),
            AudioCodec.Pcm => new RawEncoder(stream, written, SampleCoding.Int16, name.Channels, ditherSeed),
            AudioCodec.Float => new RawEncoder(stream, written, SampleCoding.Float32, name.Channels, ditherSeed),
            AudioCodec.MuLaw => new RawEncoder(stream, written, SampleCoding.MuLaw, name.Channels, ditherSeed),
            AudioCodec.ALaw => new RawEncoder(stream, written, SampleCoding.ALaw, name.Channels, ditherSeed),
            _ => new FfmpegEncoder(stream, written, name, ffmpeg ?? throw new NotSupportedException(
                $"Writing {name} needs ffmpeg, which is not on the PATH. Install it: {FfmpegProcess.InstallLine}. WAV "
                    + "needs nothing.")),
        };
        return rate == format.SampleRate ? encoder : new ResamplingEncoder(encoder, format);
    }
}
