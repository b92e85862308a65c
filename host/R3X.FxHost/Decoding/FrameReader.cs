using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Interleaved bytes to planar frames, with a frame that was cut kept until its rest comes. One or two channels stay as
/// they are; more are averaged to mono. Allocates once.
/// </summary>
internal sealed class FrameReader
{
    private readonly SampleCoding _coding;
    private readonly int _channels;
    private readonly int _sampleBytes;
    private readonly byte[] _cut;
    private readonly float[] _one = new float[256];

    public FrameReader(SampleCoding coding, int channels)
    {
        _coding = coding;
        _channels = channels;
        _sampleBytes = SampleReading.Size(coding);
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
        if (_channels > 2)
        {
            Fold(bytes, output[0]);
            return;
        }

        for (int channel = 0; channel < _channels; channel++)
            DamagedSamples += SampleReading.Read(_coding, bytes[(channel * _sampleBytes)..], FrameBytes, output[channel]);
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
                DamagedSamples += SampleReading.Read(_coding, from, FrameBytes, one);
                for (int i = 0; i < part.Length; i++)
                    part[i] += one[i] * share;
            }
        }
    }
}
