using System;
using System.Globalization;
using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>Compressed files through an ffmpeg process: float samples in, the file's bytes out, both as they
/// come.</summary>
internal sealed class FfmpegEncoder(Stream stream, AudioFormat format, AudioFormatName name, string ffmpeg) : IEncoder
{
    private readonly SampleBytes _bytes = new(SampleCoding.Float32, format.Channels, 0, format.SampleRate);
    private readonly FfmpegProcess _process = new(
        ffmpeg,
        [
            "-f", "f32le", "-ar", Number(format.SampleRate), "-ac", Number(format.Channels), "-i", "pipe:0",
            .. CodecArguments(name), .. name.BitRate is { } rate ? (string[])["-b:a", Number(rate) + "k"] : [],
            "-flush_packets", "1", "pipe:1",
        ]);

    private readonly byte[] _taken = new byte[16 * 1024];
    private bool _completed;

    public AudioFormat Format => format;

    public void Write(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            Give(_bytes.Convert(block.Slice(start, block.Frames - start), out int frames));
            start += frames;
        }
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        _process.EndInput();
        while (!_process.IsDrained)
        {
            if (!Store())
                Await(orRoom: false);
        }

        if (_process.ExitCode != 0)
            throw new IOException($"ffmpeg did not write {name}: {Reason()}");
        stream.Flush();
    }

    public void Dispose() => _process.Dispose();

    // The muxers are those that need not seek, as the stream may be a pipe.
    private static string[] CodecArguments(AudioFormatName name) => name.Codec switch
    {
        AudioCodec.Mp3 => ["-c:a", "libmp3lame", "-write_xing", "0", "-f", "mp3"],
        AudioCodec.Ogg => ["-c:a", "libvorbis", "-f", "ogg"],
        AudioCodec.Flac => ["-c:a", "flac", "-f", "flac"],
        AudioCodec.Aac => ["-c:a", "aac", "-f", "adts"],
        AudioCodec.Mp4 => ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4"],
        AudioCodec.Matroska when name.Text == "webm" => ["-c:a", "libopus", "-f", "webm"],
        AudioCodec.Matroska => ["-c:a", "flac", "-f", "matroska"],
        _ => throw new NotSupportedException(
            $"{name} is read but not written. Write wav, flac, mp3, opus, ogg, aac, m4a, webm or mkv."),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Give(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int given = _process.Offer(bytes);
            bytes = bytes[given..];
            if (!Store() && given == 0)
                Await(orRoom: true);
        }
    }

    private bool Store()
    {
        int bytes = _process.Take(_taken);
        if (bytes == 0)
        {
            if (_process.IsDrained && !_completed)
                throw new IOException($"ffmpeg ended before all of {name} was written: {Reason()}");
            return false;
        }

        stream.Write(_taken, 0, bytes);
        return true;
    }

    private void Await(bool orRoom)
    {
        try
        {
            _process.Wait(orRoom);
        }
        catch (TimeoutException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private string Reason() =>
        _process.LastError.Length == 0 ? $"it ended with code {_process.ExitCode}." : _process.LastError;
}
