using System;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Interleaved bytes to planar frames, with a frame that was cut kept until its rest comes. One or two channels stay as
/// they are; more are averaged to mono. Allocates once, and where bytes have to be turned round.
/// </summary>
internal sealed class FrameReader
{
    private readonly SampleCoding _coding;
    private readonly int _channels;
    private readonly int _sampleBytes;
    private readonly bool _isBigEndian;
    private readonly byte[] _cut;
    private readonly float[] _one = new float[256];
    private byte[] _turned = [];

    /// <summary>Makes one.</summary>
    /// <param name="coding">How samples are written.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="isBigEndian">Whether each sample's highest byte comes first.</param>
    public FrameReader(SampleCoding coding, int channels, bool isBigEndian = false)
    {
        _isBigEndian = isBigEndian;
        _coding = coding;
        _channels = channels;
        _sampleBytes = Samples.Size(coding);
        _cut = new byte[_sampleBytes * channels];
    }

    /// <summary>Channels that come out: 1 or 2.</summary>
    public int Channels => _channels == 2 ? 2 : 1;

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => _cut.Length;

    /// <summary>Bytes held of a frame whose rest has not come.</summary>
    public int HeldBytes { get; private set; }

    /// <summary>Samples that were not numbers so far.</summary>
    public long DamagedSamples { get; private set; }

    /// <summary>Reads until the input is used up or the output is full.</summary>
    public DecodeStep Read(ReadOnlySpan<byte> input, AudioBlock output)
    {
        if (output.Frames == 0)
            return default;
        int consumed = 0;
        int written = 0;
        if (HeldBytes > 0)
        {
            consumed = Math.Min(FrameBytes - HeldBytes, input.Length);
            Hold(input[..consumed]);
            if (HeldBytes < FrameBytes)
                return new DecodeStep(consumed, 0);
            HeldBytes = 0;
            Convert(_cut, output.Slice(0, 1));
            written = 1;
        }

        int frames = Math.Min((input.Length - consumed) / FrameBytes, output.Frames - written);
        if (frames > 0)
        {
            Convert(input.Slice(consumed, frames * FrameBytes), output.Slice(written, frames));
            consumed += frames * FrameBytes;
            written += frames;
        }

        int rest = input.Length - consumed;
        if (rest < FrameBytes)
        {
            Hold(input[consumed..]);
            consumed = input.Length;
        }

        return new DecodeStep(consumed, written);
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        part.CopyTo(_cut.AsSpan(HeldBytes));
        HeldBytes += part.Length;
    }

    private void Convert(ReadOnlySpan<byte> bytes, AudioBlock output)
    {
        if (_isBigEndian)
            bytes = Turn(bytes);
        if (_channels > 2)
        {
            Fold(bytes, output[0]);
            return;
        }

        for (int channel = 0; channel < _channels; channel++)
            DamagedSamples += Samples.Read(_coding, bytes[(channel * _sampleBytes)..], FrameBytes, output[channel]);
    }

    private ReadOnlySpan<byte> Turn(ReadOnlySpan<byte> bytes)
    {
        if (_turned.Length < bytes.Length)
            _turned = new byte[bytes.Length];
        Span<byte> turned = _turned.AsSpan(0, bytes.Length);
        bytes.CopyTo(turned);
        for (int at = 0; at < turned.Length; at += _sampleBytes)
            turned.Slice(at, _sampleBytes).Reverse();
        return turned;
    }

    private void Fold(ReadOnlySpan<byte> bytes, Span<float> output)
    {
        output.Clear();
        float share = 1f / _channels;
        for (int start = 0; start < output.Length; start += _one.Length)
        {
            Span<float> part = output.Slice(start, Math.Min(_one.Length, output.Length - start));
            Span<float> one = _one.AsSpan(0, part.Length);
            for (int channel = 0; channel < _channels; channel++)
            {
                ReadOnlySpan<byte> from = bytes[((start * FrameBytes) + (channel * _sampleBytes))..];
                DamagedSamples += Samples.Read(_coding, from, FrameBytes, one);
                for (int i = 0; i < part.Length; i++)
                    part[i] += one[i] * share;
            }
        }
    }
}
