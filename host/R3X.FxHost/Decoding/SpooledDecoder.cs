using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>Keeps a file that cannot be read front to back in the temporary folder until all of it came, then has
/// ffmpeg decode it.</summary>
internal sealed class SpooledDecoder : IDecoder
{
    private const long MostBytes = 1L << 30;

    private readonly string _ffmpeg;
    private FileStream? _file;
    private FfmpegDecoder? _decoder;

    public SpooledDecoder(string ffmpeg)
    {
        _ffmpeg = ffmpeg;
        try
        {
            _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                "The file keeps its table of contents at its end, so all of it has to be kept in a temporary folder "
                + $"first, and {System.IO.Path.GetTempPath()} cannot be written: {e.Message} Name another folder in "
                + $"{(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")}, or convert the file: ffmpeg -i in.m4a "
                    + "-movflags +faststart -c copy out.m4a",
                e);
        }
    }

    /// <summary>Where it is kept.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"r3x-{Guid.NewGuid():N}.spool");

    public AudioFormat? Format => _decoder?.Format;

    public IReadOnlyList<string> Warnings =>
    [
        "The file keeps its table of contents at its end, so nothing sounds before all of it came; -movflags "
            + "+faststart avoids that.",
        .. _decoder?.Warnings ?? [],
    ];

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        if (_file is not null)
        {
            if (_file.Length + input.Length > MostBytes)
                throw new UnreadableAudioException($"The file keeps its table of contents at its end and is longer "
                    + $"than {MostBytes >> 20} MB. Convert it first: ffmpeg -i in.mp4 -c:a pcm_s16le out.wav");
            _file.Write(input);
            if (!endOfInput)
                return new DecodeStep(input.Length, 0);
            _file.Dispose();
            _file = null;
            _decoder = FfmpegDecoder.OfFile(_ffmpeg, Path);
        }

        ObjectDisposedException.ThrowIf(_decoder is null, this);
        DecodeStep step = _decoder.Decode([], endOfInput: true, output);
        return step with { BytesConsumed = input.Length };
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        _decoder?.Dispose();
        _decoder = null;
        File.Delete(Path);
    }
}
