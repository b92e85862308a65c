using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>Planar samples to interleaved bytes. Allocates once.</summary>
internal sealed class SampleBytes
{
    private const int PieceFrames = 1_024;

    private readonly SampleCoding _coding;
    private readonly int _channels;
    private readonly int _sampleBytes;
    private readonly Dither[] _dither;
    private readonly short[] _rounded = new short[PieceFrames];
    private readonly byte[] _bytes;
    private readonly MonoFold _fold;

    /// <summary>Makes a converter.</summary>
    /// <param name="coding">Int16, Int24, Float32, mu-law or A-law.</param>
    /// <param name="channels">Channels written. Stereo blocks written to one are folded; mono to two is
    /// doubled.</param>
    /// <param name="seed">Seed of the dither.</param>
    /// <param name="sampleRate">Frames per second.</param>
    public SampleBytes(SampleCoding coding, int channels, ulong seed, int sampleRate)
    {
        _fold = new MonoFold(sampleRate);
        _coding = coding;
        _channels = channels;
        _sampleBytes = Samples.Size(coding);
        _bytes = new byte[PieceFrames * FrameBytes];
        _dither = new Dither[channels];
        for (int channel = 0; channel < channels; channel++)
            _dither[channel] = new Dither(seed + ((ulong)channel * 0xD1B54A32D192ED03));
        Mono = channels == 1 ? new float[PieceFrames] : [];
    }

    public int FrameBytes => _sampleBytes * _channels;

    /// <summary>Whether channels that cancel each other were folded to one.</summary>
    public bool HasCancelled => _fold.HasCancelled;

    private float[] Mono { get; }

    /// <summary>Converts the first frames of a block.</summary>
    /// <param name="block">Any number of frames.</param>
    /// <param name="frames">How many were converted.</param>
    /// <returns>Their bytes, good until the next call.</returns>
    public ReadOnlySpan<byte> Convert(AudioBlock block, out int frames)
    {
        frames = Math.Min(block.Frames, PieceFrames);
        Span<byte> bytes = _bytes.AsSpan(0, frames * FrameBytes);
        for (int channel = 0; channel < _channels; channel++)
            Interleave(Source(block, channel, frames), channel, bytes);
        return bytes;
    }

    private ReadOnlySpan<float> Source(AudioBlock block, int channel, int frames)
    {
        if (block.Channels == 1)
            return block[0][..frames];
        if (_channels > 1)
            return block[channel][..frames];
        Span<float> mono = Mono.AsSpan(0, frames);
        _fold.Apply(block.Slice(0, frames), mono);
        return mono;
    }

    private void Interleave(ReadOnlySpan<float> samples, int channel, Span<byte> bytes)
    {
        Span<byte> first = bytes[(channel * _sampleBytes)..];
        int stride = FrameBytes;
        if (_coding != SampleCoding.Int16)
        {
            Samples.Write(_coding, samples, first, stride);
            return;
        }

        Span<short> rounded = _rounded.AsSpan(0, samples.Length);
        _dither[channel].Round(samples, rounded);
        Spread(rounded, first, stride);
    }

    private static void Spread(ReadOnlySpan<short> samples, Span<byte> bytes, int stride)
    {
        if (BitConverter.IsLittleEndian && stride == sizeof(short))
        {
            MemoryMarshal.AsBytes(samples).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(i * stride)..], samples[i]);
    }
}
