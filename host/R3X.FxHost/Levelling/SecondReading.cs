using System;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A line read and decoded again, from its start on, as often as its samples are asked for: in place of keeping those
/// of a long one. One thread at a time.
/// </summary>
/// <param name="audio">A line that can be read again.</param>
internal sealed class SecondReading(SpeechAudio audio) : IDisposable
{
    private readonly LineReader _reader = new(audio);
    private long _at = long.MaxValue;

    /// <summary>Reads frames; those that follow the last ones read are the cheapest.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="IOException">The line cannot be read any more.</exception>
    public int Read(long frame, AudioBlock block)
    {
        if (frame < _at)
        {
            _reader.Rewind();
            _reader.Open();
            _at = 0;
        }

        while (_at < frame)
        {
            if (Next(block.Slice(0, (int)Math.Min(block.Frames, frame - _at))) == 0)
                return 0;
        }

        int read = 0;
        while (read < block.Frames && Next(block.Slice(read, block.Frames - read)) is var more and > 0)
            read += more;
        return read;
    }

    public void Dispose() => _reader.Dispose();

    private int Next(AudioBlock block)
    {
        int read = _reader.Read(block);
        _at += read;
        return read;
    }
}
