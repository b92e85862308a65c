using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// MP3 through libmp3lame, at a constant bit rate, each frame written as soon as it is complete. A file begins with a
/// tag by which players take the encoder's silence off both ends, where its frames have room for one. A stream has
/// none, as those of speech services: players that do not know it play it as one more frame, so that no two would agree
/// where the line begins.
/// </summary>
internal sealed class Mp3Encoder : IEncoder
{
    // Of every decoder of layer III: its filter banks'.
    private const int DecoderDelay = 529;

    // A frame that is shorter has no room for the tag, which LAME then leaves out without a word.
    private const int TagBytes = 200;

    private const int PieceFrames = 1_152;
    private const int MostBytes = (PieceFrames * 5 / 4) + 7_200;

    private static readonly int[] Rates =
        [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    private readonly Stream _stream;
    private readonly Lame _lame;
    private readonly bool _hasTag;
    private readonly long _start;
    private readonly float _gain;
    private readonly float[] _left = new float[PieceFrames];
    private readonly float[] _right;
    private readonly byte[] _bytes = new byte[MostBytes];
    private bool _completed;

    /// <summary>Opens it.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">What the blocks come in, at a rate that <see cref="RateFor"/> gave.</param>
    /// <param name="name">The format's name, which may state a bit rate; the nearest there is is taken.</param>
    public Mp3Encoder(Stream stream, AudioFormat format, AudioFormatName name)
    {
        (_stream, Format) = (stream, format);
        _start = stream.CanSeek ? stream.Position : 0;
        _right = format.Channels == 1 ? _left : new float[PieceFrames];
        bool isMpeg1 = format.SampleRate >= 32_000;
        int kilobits = name.BitRate ?? (isMpeg1 ? 128 : 64);
        int frameBytes = (isMpeg1 ? 144_000 : 72_000) * kilobits / format.SampleRate;
        _hasTag = stream.CanSeek && frameBytes >= TagBytes;
        _lame = Lame.Open(format, kilobits, _hasTag);
        // By its default LAME writes lines down to 0.45 dB quieter than they are, against clipping in decoders. Lines
        // keep 1 dB of headroom, and are to be equally loud in every format.
        _gain = 1 / _lame.Scale;
    }

    public AudioFormat Format { get; }

    public int DelayFrames => _hasTag ? 0 : _lame.Delay + DecoderDelay;

    /// <summary>The rate a line is encoded at: the next one up of those that MPEG has.</summary>
    public static int RateFor(int sampleRate) => Rates.FirstOrDefault(rate => rate >= sampleRate, Rates[^1]);

    public void Write(AudioBlock block)
    {
        for (int start = 0; start < block.Frames; start += PieceFrames)
        {
            AudioBlock piece = block.Slice(start, Math.Min(PieceFrames, block.Frames - start));
            for (int channel = 0; channel < Format.Channels; channel++)
                Copy(piece[channel], channel == 0 ? _left : _right);
            Store(_lame.Encode(_left.AsSpan(0, piece.Frames), _right.AsSpan(0, piece.Frames), _bytes));
        }
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        Store(_lame.Flush(_bytes));
        if (_hasTag && _lame.ReadTag(_bytes) is var bytes and > 0)
        {
            long end = _stream.Position;
            _stream.Position = _start;
            Store(bytes);
            _stream.Position = end;
        }

        _stream.Flush();
    }

    public void Dispose() => _lame.Dispose();

    private void Copy(ReadOnlySpan<float> samples, float[] target)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            float sample = samples[i];
            target[i] = float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1, 1) * _gain;
        }
    }

    private void Store(int bytes)
    {
        if (bytes > 0)
            _stream.Write(_bytes, 0, bytes);
    }
}
