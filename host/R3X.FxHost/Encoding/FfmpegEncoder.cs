using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// Compressed files through an ffmpeg process: float WAV in, the file's bytes out, both as they come. What ffmpeg has
/// made goes to the stream at once, on the pool, also while nothing is being written here.
/// </summary>
internal sealed class FfmpegEncoder : IEncoder
{
    // The priming of ffmpeg's AAC, one frame, which neither ADTS nor an MP4 written to a pipe states.
    private const int AacDelay = 1_024;

    // LAME's, and its decoders', as in Mp3Encoder.
    private const int Mp3Delay = 1_105;

    private readonly FfmpegProcess _process;
    private readonly Stream _stream;
    private readonly AudioFormatName _name;
    private readonly SampleBytes _bytes;
    private readonly byte[] _taken = new byte[16 * 1024];
    private readonly CancellationTokenSource _ending;
    private readonly Task _storing;
    private volatile bool _waitsForStream;
    private bool _begun;
    private bool _completed;

    /// <summary>Opens it.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">What the blocks come in.</param>
    /// <param name="name">What to write.</param>
    /// <param name="process">What <see cref="Start"/> gave for the name; ends with the encoder.</param>
    /// <param name="cancellation">Ends it while it waits for a stream that nobody reads.</param>
    public FfmpegEncoder(Stream stream, AudioFormat format, AudioFormatName name, FfmpegProcess process,
        CancellationToken cancellation = default)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        (_stream, Format, _name, _process) = (stream, format, name, process);
        _bytes = new SampleBytes(SampleCoding.Float32, format.Channels, 0, format.SampleRate);
        _storing = Task.Run(StoreAsync, CancellationToken.None);
    }

    public AudioFormat Format { get; }

    public int DelayFrames => _name.Codec switch
    {
        AudioCodec.Aac or AudioCodec.Mp4 => AacDelay,
        AudioCodec.Mp3 => Mp3Delay,
        _ => 0,
    };

    /// <summary>Starts ffmpeg, which takes a tenth of a second: it may begin before the line's format is
    /// known.</summary>
    /// <param name="name">What to write.</param>
    /// <param name="ffmpeg">The program's path.</param>
    /// <exception cref="NotSupportedException">The format is only read.</exception>
    /// <exception cref="IOException">The program does not start.</exception>
    public static FfmpegProcess Start(AudioFormatName name, string ffmpeg) => new(
        ffmpeg,
        [
            // By default ffmpeg reads seconds of sound before it writes any, to find out what it is. Small packets, as
            // what does not fill one waits.
            "-probesize", "32", "-analyzeduration", "1", "-max_size", "1024", "-ignore_length", "1",
            "-f", "wav", "-i", "pipe:0",
            .. CodecArguments(name), .. name.BitRate is { } rate ? (string[])["-b:a", Number(rate) + "k"] : [],
            "-flush_packets", "1", "pipe:1",
        ]);

    public void Write(AudioBlock block)
    {
        Begin();
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
        Begin();
        _process.EndInput();
        while (Task.WaitAny([_storing], FfmpegProcess.LongestStall) < 0)
            ThrowIfStuck();
        _storing.GetAwaiter().GetResult();
        if (_process.ExitCode != 0)
            throw new IOException($"ffmpeg did not write {_name}: {Reason()}");
    }

    public void Dispose()
    {
        _ending.Cancel();
        _process.Kill();
        _ = Task.WaitAny(_storing);
        _process.Dispose();
        _ending.Dispose();
    }

    // The muxers are those that need not seek, as the stream may be a pipe; what they collect is kept short.
    private static string[] CodecArguments(AudioFormatName name) => name.Codec switch
    {
        AudioCodec.Mp3 => ["-c:a", "libmp3lame", "-reservoir", "0", "-write_xing", "0",
            "-id3v2_version", "0", "-f", "mp3"],
        AudioCodec.Ogg => ["-c:a", "libvorbis", "-page_duration", "20000", "-f", "ogg"],
        AudioCodec.Aac => ["-c:a", "aac", "-f", "adts"],
        AudioCodec.Mp4 =>
            ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-frag_duration", "100000", "-f", "mp4"],
        AudioCodec.Matroska when name.Text == "webm" =>
            ["-c:a", "libopus", "-cluster_time_limit", "100", "-f", "webm"],
        AudioCodec.Matroska => ["-c:a", "flac", "-cluster_time_limit", "100", "-f", "matroska"],
        _ => throw new NotSupportedException(
            $"{name} is read but not written. Write wav, flac, mp3, opus, ogg, aac, m4a, webm or mkv."),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task StoreAsync()
    {
        try
        {
            while (await _process.TakeAsync(_taken) is var bytes and > 0)
            {
                _waitsForStream = true;
                await _stream.WriteAsync(_taken.AsMemory(0, bytes), _ending.Token);
                await _stream.FlushAsync(_ending.Token);
                _waitsForStream = false;
            }
        }
        catch
        {
            // It would wait for somebody to read on, and who gives it samples for it.
            _process.Kill();
            throw;
        }
    }

    private void Begin()
    {
        if (_begun)
            return;
        _begun = true;
        var head = new MemoryStream();
        new WavHead(Format, SampleCoding.Float32).Write(head, null);
        Give(head.ToArray());
    }

    private void Give(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_storing.IsCompleted)
            {
                _storing.GetAwaiter().GetResult();
                throw new IOException($"ffmpeg ended before all of {_name} was written: {Reason()}");
            }

            int given = _process.Offer(bytes);
            bytes = bytes[given..];
            if (given == 0 && !_process.WaitForRoom())
                ThrowIfStuck();
        }
    }

    // A reader who takes the answer slowly may; ffmpeg may not.
    private void ThrowIfStuck()
    {
        if (!_waitsForStream)
            throw new IOException(FfmpegProcess.Stalled);
    }

    private string Reason() =>
        _process.LastError.Length == 0 ? $"it ended with code {_process.ExitCode}." : _process.LastError;
}
