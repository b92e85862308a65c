using System;
using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// RIFF WAVE. Its sizes stay open until <see cref="Complete"/>, and for good where the stream cannot seek: a file that
/// was never completed still plays.
/// </summary>
/// <param name="stream">Where the bytes go.</param>
/// <param name="format">What the blocks come in.</param>
/// <param name="samples">How samples are kept.</param>
/// <param name="unknownSize">What the sizes are while they are open.</param>
/// <param name="ditherSeed">Seed of the dither at 16 bits.</param>
internal sealed class WavEncoder(
    Stream stream, AudioFormat format, SampleFormat samples, uint unknownSize, ulong ditherSeed) : IEncoder
{
    private readonly SampleBytes _bytes = new(Coding(samples), format.Channels, ditherSeed, format.SampleRate);
    private readonly WavHead _head = new(format, Coding(samples), unknownSize);
    private long _start;
    private long _soundBytes;
    private bool _completed;

    public AudioFormat Format => format;

    public void Write(AudioBlock block)
    {
        Begin();
        for (int start = 0; start < block.Frames;)
        {
            ReadOnlySpan<byte> bytes = _bytes.Convert(block.Slice(start, block.Frames - start), out int frames);
            stream.Write(bytes);
            _soundBytes += bytes.Length;
            start += frames;
        }
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        Begin();
        // A stream whose length stays open takes no padding: a reader would take it for sound.
        if (stream.CanSeek && _head.Bytes + _soundBytes < uint.MaxValue)
        {
            if ((_soundBytes & 1) != 0)
                stream.WriteByte(0);
            long end = stream.Position;
            stream.Position = _start;
            _head.Write(stream, _soundBytes);
            stream.Position = end;
        }

        stream.Flush();
    }

    public void Dispose()
    {
    }

    private static SampleCoding Coding(SampleFormat samples) => samples switch
    {
        SampleFormat.Int16 => SampleCoding.Int16,
        SampleFormat.Int24 => SampleCoding.Int24,
        SampleFormat.Float32 => SampleCoding.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(samples), samples, "There is no such sample format."),
    };

    private void Begin()
    {
        if (_head.Bytes > 0)
            return;
        _start = stream.CanSeek ? stream.Position : 0;
        _head.Write(stream, null);
    }
}
