using System;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>Devices take frame after frame; the host thinks channel after channel.</summary>
internal static class Interleaving
{
    /// <summary>Interleaves a block's channels into frames.</summary>
    /// <param name="block">The block.</param>
    /// <param name="frames">Room for all its samples, channel 0 of frame 0 first.</param>
    // Fully compiled from the first call: replacing a running loop's code half a second into a line is a gap in the
    // sound.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(AudioBlock block, Span<float> frames)
    {
        int channels = block.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> samples = block[channel];
            int target = channel;
            for (int i = 0; i < samples.Length; i++, target += channels)
                frames[target] = samples[i];
        }
    }

    /// <summary>Says so when a block has another shape than its device takes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="format">The device's format.</param>
    public static void Check(AudioBlock block, AudioFormat format)
    {
        if (block.Channels != format.Channels)
        {
            throw new ArgumentException(
                $"The device takes {format.Channels} channels; the block has {block.Channels}.", nameof(block));
        }

        if (block.Frames > IOutputDevice.MostFrames)
        {
            throw new ArgumentException(
                $"The device takes {IOutputDevice.MostFrames} frames at once; the block has {block.Frames}.",
                    nameof(block));
        }
    }
}
