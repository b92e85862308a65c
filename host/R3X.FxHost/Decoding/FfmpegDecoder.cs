using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Anything ffmpeg knows, decoded by an ffmpeg process to float WAV at the source's own rate. <see cref="Decode"/>
/// blocks when the process has enough to do, and at the end until it is through.
/// </summary>
internal sealed class FfmpegDecoder : IDecoder
{
    private const string Convert = "Check what was to write it, or convert it to WAV first.";

    // Streams sound while they arrive: what ffmpeg reads before it decides what they are is kept small. An analysis of
    // 0 s would be one of 5 s; "nobuffer" would leave out what was read to decide.
    private static readonly string[] Early = ["-probesize", "2048", "-analyzeduration", "1"];

    private readonly FfmpegProcess _process;
    private readonly string _advice;
    private readonly WavDecoder _wav = new(fromPipe: true);
    private readonly List<string> _warnings = [];
    private readonly byte[] _taken = new byte[16 * 1024];
    private int _takenBytes;
    private int _at;
    private bool _ended;

    private FfmpegDecoder(FfmpegProcess process, string advice) => (_process, _advice) = (process, advice);

    public AudioFormat? Format => _wav.Format;

    public IReadOnlyList<string> Warnings => [.. _warnings, .. _wav.Warnings];

    /// <summary>Decodes bytes as they are given.</summary>
    /// <param name="ffmpeg">The program's path.</param>
    /// <param name="demuxer">ffmpeg's name for the container; null where it has to find out.</param>
    /// <param name="advice">What to do where ffmpeg finds no sound, a whole sentence.</param>
    public static FfmpegDecoder OfBytes(string ffmpeg, string? demuxer, string advice = Convert)
    {
        string[] named = demuxer is null ? [] : ["-f", demuxer];
        return Open(ffmpeg, [.. named, .. Early], "pipe", "pipe:0", advice);
    }

    /// <summary>Decodes a file; no bytes are to be given.</summary>
    public static FfmpegDecoder OfFile(string ffmpeg, string path) => Open(ffmpeg, [], "file", "file:" + path, Convert);

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        bool known = Format is not null;
        int consumed = 0;
        int written = 0;
        while (true)
        {
            consumed += _process.Offer(input[consumed..]);
            bool allGiven = consumed == input.Length;
            if (allGiven && endOfInput)
                _process.EndInput();
            int before = written;
            bool moved = ReadWav(output, ref written);
            if ((Format is not null) != known || written == output.Frames || (_ended && written == before))
                return new DecodeStep(consumed, written);
            if (moved)
                continue;
            if (written > 0 || (allGiven && !endOfInput))
                return new DecodeStep(consumed, written);
            WaitForProcess(orRoom: !allGiven);
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _wav.Dispose();
    }

    private static FfmpegDecoder Open(string ffmpeg, string[] options, string protocol, string source, string advice)
    {
        try
        {
            return new FfmpegDecoder(new FfmpegProcess(
                ffmpeg,
                [
                    // Nothing the bytes say may make ffmpeg open other files or the network.
                    "-protocol_whitelist", protocol, .. options, "-i", source,
                    "-map", "0:a:0", "-f", "wav", "-c:a", "pcm_f32le", "-flush_packets", "1", "pipe:1",
                ]), advice);
        }
        catch (IOException e)
        {
            throw new UnreadableAudioException(e.Message, e);
        }
    }

    private bool ReadWav(AudioBlock output, ref int written)
    {
        if (_at == _takenBytes)
        {
            _takenBytes = _process.Take(_taken);
            _at = 0;
        }

        bool drained = _takenBytes == 0 && _process.IsDrained;
        if (_takenBytes == 0 && !drained)
            return false;
        DecodeStep step;
        try
        {
            step = _wav.Decode(
                _taken.AsSpan(_at, _takenBytes - _at), drained, output.Slice(written, output.Frames - written));
        }
        catch (UnreadableAudioException e) when (drained)
        {
            throw new UnreadableAudioException(
                $"ffmpeg found no sound in the input{Said()}. {_advice}", e);
        }

        if (drained && !_ended)
        {
            _ended = true;
            if (_process.LastError.Length > 0 || _process.ExitCode != 0)
                _warnings.Add($"ffmpeg did not understand all of the input{Said()}.");
        }

        _at += step.BytesConsumed;
        written += step.FramesWritten;
        return step.BytesConsumed > 0 || step.FramesWritten > 0;
    }

    private void WaitForProcess(bool orRoom)
    {
        try
        {
            _process.Wait(orRoom);
        }
        catch (TimeoutException e)
        {
            throw new UnreadableAudioException(
                $"{e.Message} Convert the input to WAV first: ffmpeg -i in -c:a pcm_s16le out.wav", e);
        }
    }

    private string Said() => _process.LastError.Length == 0 ? "" : $" (it says: {_process.LastError.TrimEnd('.')})";
}
