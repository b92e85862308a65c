using System;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A line read and decoded again, from its start on, as often as its samples are asked for: in place of keeping those of a long one. One
/// thread at a time.
/// </summary>
/// <param name="audio">A line that can be read again.</param>
internal sealed class SecondReading(SpeechAudio audio) : IDisposable
{
    private readonly byte[] _bytes = new byte[SpeechAudio.ReadBytes];
    private Stream? _stream;
    private IDecoder? _decoder;
    private long _at;
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Reads frames; those that follow the last ones read are the cheapest.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="IOException">The line cannot be read any more.</exception>
    public int Read(long frame, AudioBlock block)
    {
        if (_decoder is null || frame < _at)
            Restart();
        while (_at < frame)
        {
            if (Decode(block.Slice(0, (int)Math.Min(block.Frames, frame - _at))) == 0)
                return 0;
        }

        int read = 0;
        while (read < block.Frames && Decode(block.Slice(read, block.Frames - read)) is var more and > 0)
            read += more;
        return read;
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _stream?.Dispose();
    }

    private void Restart()
    {
        Dispose();
        _stream = audio.OpenAgain();
        _decoder = Decoders.Open(audio.InputFormat);
        _at = 0;
        _start = _end = 0;
        _ended = false;
    }

    private int Decode(AudioBlock block)
    {
        while (true)
        {
            if (_start == _end && !_ended)
            {
                _start = 0;
                _end = _stream!.Read(_bytes);
                _ended = _end == 0;
            }

            bool hadFormat = _decoder!.Format is not null;
            DecodeStep step = _decoder.Decode(_bytes.AsSpan(_start, _end - _start), _ended, block);
            _start += step.BytesConsumed;
            _at += step.FramesWritten;
            if (step.FramesWritten > 0 || (_ended && step.BytesConsumed == 0 && hadFormat == _decoder.Format is not null))
                return step.FramesWritten;
        }
    }
}
