using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>The door of this room: an encoder for any format that is written. Any thread.</summary>
public static class Encoders
{
    /// <summary>Opens an encoder. Where the name states another rate than the blocks have, they are resampled to
    /// it.</summary>
    /// <param name="stream">
    /// Where the bytes go; need not seek. Where it cannot, every packet is written as soon as it is complete, and sizes
    /// in headers stay open. Stays open.
    /// </param>
    /// <param name="format">The format the blocks come in.</param>
    /// <param name="name">
    /// What to write. Headerless names are mono, so stereo blocks are averaged, unless the name ends in _stereo; of
    /// channels that cancel each other the left one is taken. The others have the blocks' channels. MP3 and Opus are
    /// written at the nearest rate they have; MP3 through libmp3lame, where that is installed. AAC, Vorbis, MP4 and
    /// Matroska go through ffmpeg.
    /// </param>
    /// <param name="ditherSeed">Seed of the dither at 16 bits; the same seed gives the same bytes.</param>
    /// <param name="samples">How a WAV or FLAC file keeps its samples; of no effect otherwise.</param>
    /// <exception cref="NotSupportedException">
    /// The format is only read, or needs ffmpeg, which is not installed; the message says what to do.
    /// </exception>
    /// <exception cref="IOException">ffmpeg does not start.</exception>
    public static IEncoder Open(
        Stream stream, AudioFormat format, AudioFormatName name, ulong ditherSeed,
            SampleFormat samples = SampleFormat.Int16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return Open(
            stream, format, name, ditherSeed, samples, uint.MaxValue, StartProcess(name, FfmpegProcess.Find));
    }

    /// <summary>Starts the process that writes a format, so that it starts while the line is still awaited; null where
    /// none is needed.</summary>
    /// <param name="name">What is to be written.</param>
    /// <param name="find">Gives ffmpeg's path; null where it is not installed.</param>
    /// <exception cref="NotSupportedException">As with <see cref="Open(Stream, AudioFormat, AudioFormatName, ulong,
    /// SampleFormat)"/>.</exception>
    internal static FfmpegProcess? StartProcess(AudioFormatName name, Func<string?> find)
    {
        if (name.IsHeaderless || name.Codec is AudioCodec.Wav or AudioCodec.Flac or AudioCodec.Opus
            || (name.Codec == AudioCodec.Mp3 && NativeCodec.Lame.IsInstalled))
            return null;
        return FfmpegEncoder.Start(name, find() ?? throw new NotSupportedException(
            $"Writing {name} needs ffmpeg, which is not on the PATH. Install it: {FfmpegProcess.InstallLine}. WAV "
                + "needs nothing."));
    }

    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">The format the blocks come in.</param>
    /// <param name="name">What to write.</param>
    /// <param name="ditherSeed">Seed of the dither.</param>
    /// <param name="samples">How a WAV or FLAC file keeps its samples.</param>
    /// <param name="unknownSize">The sizes of a WAV that is streamed.</param>
    /// <param name="process">What <see cref="StartProcess"/> gave for the name; the encoder ends it.</param>
    /// <param name="cancellation">Ends what waits for a stream that nobody reads.</param>
    internal static IEncoder Open(
        Stream stream, AudioFormat format, AudioFormatName name, ulong ditherSeed, SampleFormat samples,
            uint unknownSize, FfmpegProcess? process, CancellationToken cancellation = default)
    {
        int rate = name.SampleRate
            ?? (name.Codec is AudioCodec.MuLaw or AudioCodec.ALaw ? AudioFormat.MinimumSampleRate : format.SampleRate);
        rate = name.Codec switch
        {
            AudioCodec.Opus => OggOpusEncoder.RateFor(rate),
            AudioCodec.Mp3 => Mp3Encoder.RateFor(rate),
            _ => rate,
        };
        AudioFormat written = format with { SampleRate = rate };
        IEncoder encoder = process is not null ? new FfmpegEncoder(stream, written, name, process, cancellation)
            : name.Codec switch
        {
            AudioCodec.Opus => new OggOpusEncoder(stream, written, name, ditherSeed),
            AudioCodec.Mp3 => new Mp3Encoder(stream, written, name),
            AudioCodec.Flac => new FlacEncoder(stream, written, samples, ditherSeed),
            AudioCodec.Wav => new WavEncoder(stream, written, samples, unknownSize, ditherSeed),
            AudioCodec.Pcm => new RawEncoder(stream, written, SampleCoding.Int16, name.Channels, ditherSeed),
            AudioCodec.Float => new RawEncoder(stream, written, SampleCoding.Float32, name.Channels, ditherSeed),
            AudioCodec.MuLaw => new RawEncoder(stream, written, SampleCoding.MuLaw, name.Channels, ditherSeed),
            AudioCodec.ALaw => new RawEncoder(stream, written, SampleCoding.ALaw, name.Channels, ditherSeed),
            _ => throw new ArgumentNullException(nameof(process)),
        };
        return rate == format.SampleRate ? encoder : new ResamplingEncoder(encoder, format);
    }
}
