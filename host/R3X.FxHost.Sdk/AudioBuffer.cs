using System;

namespace R3X.FxHost.Sdk;

/// <summary>Memory for planar samples, aligned for vectors and never moved by a collection.</summary>
public sealed class AudioBuffer
{
    private const int Alignment = 64 / sizeof(float);

    private readonly float[] _samples;
    private readonly int _start;
    private readonly int _stride;

    /// <summary>Allocates silence.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="frames">Samples per channel, at least 1.</param>
    public AudioBuffer(int channels, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        Channels = channels;
        Frames = frames;
        _stride = (frames + Alignment - 1) / Alignment * Alignment;
        _samples = GC.AllocateArray<float>((_stride * channels) + Alignment, pinned: true);
        _start = StartOfAlignedPart(_samples);
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Samples per channel that fit.</summary>
    public int Frames { get; }

    /// <summary>One channel's samples, <see cref="Frames"/> long.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    public Span<float> this[int channel] => _samples.AsSpan(_start + (channel * _stride), Frames);

    /// <summary>A view of the first frames.</summary>
    /// <param name="frames">0 to <see cref="Frames"/>.</param>
    public AudioBlock Block(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, Frames);
        return new AudioBlock(_samples.AsSpan(_start), Channels, _stride, frames);
    }

    /// <summary>A view of some frames.</summary>
    /// <param name="start">First frame.</param>
    /// <param name="frames">Number of frames.</param>
    public AudioBlock Block(int start, int frames) => Block(Frames).Slice(start, frames);

    /// <summary>Sets every sample to 0.</summary>
    public void Clear() => Array.Clear(_samples);

    private static unsafe int StartOfAlignedPart(float[] pinned)
    {
        fixed (float* first = pinned)
        {
            int past = (int)((nuint)first % 64) / sizeof(float);
            return past == 0 ? 0 : Alignment - past;
        }
    }
}
