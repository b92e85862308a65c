using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk;

/// <summary>
/// A view of up to 1,024 frames of planar 32-bit float samples, full scale at 1.0. It owns nothing and lives on the
/// stack, so it cannot be kept.
/// </summary>
public readonly ref struct AudioBlock
{
    // Four fields: the compiler keeps so many in registers.
    private readonly ref float _first;
    private readonly int _stride;

    /// <summary>Lays a view over planar samples.</summary>
    /// <param name="samples">Channel after channel; channel c starts at c * <paramref name="stride"/>.</param>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="stride">Distance between two channels' first samples, at least <paramref name="frames"/>.</param>
    /// <param name="frames">Frames in the block.</param>
    /// <exception cref="ArgumentException">The samples do not hold such a block.</exception>
    public AudioBlock(Span<float> samples, int channels, int stride, int frames)
    {
        if (channels < 1 || frames < 0 || stride < frames || ((long)stride * (channels - 1)) + frames > samples.Length)
            RefuseShape(samples.Length, channels, stride, frames);
        _first = ref MemoryMarshal.GetReference(samples);
        _stride = stride;
        Channels = channels;
        Frames = frames;
    }

    /// <summary>Lays a view over mono samples.</summary>
    /// <param name="samples">The samples, all of them.</param>
    public AudioBlock(Span<float> samples)
        : this(samples, 1, samples.Length, samples.Length)
    {
    }

    // A part of what has been checked.
    private AudioBlock(ref float first, int channels, int stride, int frames)
    {
        _first = ref first;
        _stride = stride;
        Channels = channels;
        Frames = frames;
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Samples per channel.</summary>
    public int Frames { get; }

    /// <summary>One channel's samples, <see cref="Frames"/> long.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    public Span<float> this[int channel]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)channel >= (uint)Channels)
                RefuseChannel(channel, Channels);
            return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _first, (nint)channel * _stride), Frames);
        }
    }

    /// <summary>A view of some of the frames.</summary>
    /// <param name="start">First frame.</param>
    /// <param name="frames">Number of frames.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AudioBlock Slice(int start, int frames)
    {
        if ((uint)start > (uint)Frames || (uint)frames > (uint)(Frames - start))
            RefuseSlice(Frames, start, frames);
        return new AudioBlock(ref Unsafe.Add(ref _first, start), Channels, _stride, frames);
    }

    /// <summary>Copies every sample to a block of the same shape.</summary>
    /// <param name="target">Where to; same channels, at least as many frames.</param>
    public void CopyTo(AudioBlock target)
    {
        for (int channel = 0; channel < Channels; channel++)
            this[channel].CopyTo(target[channel]);
    }

    /// <summary>Sets every sample to 0.</summary>
    public void Clear()
    {
        for (int channel = 0; channel < Channels; channel++)
            this[channel].Clear();
    }

    // Methods of their own, so that the callers are short enough to be inlined.
    [DoesNotReturn]
    private static void RefuseShape(int samples, int channels, int stride, int frames) => throw new ArgumentException(
        $"{samples} samples do not hold {channels} channels of {frames} frames, {stride} apart.", nameof(samples));

    [DoesNotReturn]
    private static void RefuseChannel(int channel, int channels) => throw new ArgumentOutOfRangeException(
        nameof(channel), $"A block of {channels} channels has no channel {channel}.");

    [DoesNotReturn]
    private static void RefuseSlice(int all, int start, int frames) => throw new ArgumentOutOfRangeException(
        nameof(frames), $"A block of {all} frames has no {frames} frames from {start}.");
}
