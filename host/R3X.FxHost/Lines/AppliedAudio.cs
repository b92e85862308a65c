using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Levelling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>Samples in memory on their way through a chain: as long as they came, and the tail apart.</summary>
internal static class AppliedAudio
{
    /// <summary>Processes planar samples in place, latency removed.</summary>
    /// <param name="start">A chain ready for the samples.</param>
    /// <param name="channels">One array a channel, all of one length.</param>
    /// <param name="tail">What follows the end, one array a channel.</param>
    public static void Apply(LineStart start, float[][] channels, out float[][] tail)
    {
        Chain chain = start.Chain;
        int frames = channels[0].Length;
        int late = chain.LatencyFrames + chain.TailFrames;
        tail = new float[channels.Length][];
        for (int channel = 0; channel < tail.Length; channel++)
            tail[channel] = new float[chain.TailFrames];
        var buffer = new AudioBuffer(channels.Length, chain.MaxFrames);
        for (int at = 0, next; at < frames + late; at = next)
        {
            if (at == frames)
                chain.InputEnds();
            next = Math.Min(at + chain.MaxFrames, at < frames ? frames : frames + late);
            AudioBlock block = buffer.Block(next - at);
            if (start.Arrived is null)
                Fill(block, channels, at);
            else
                start.Arrived.Read(at, block);
            chain.Process(block);
            for (int channel = 0; channel < channels.Length; channel++)
            {
                Place(block[channel], at - chain.LatencyFrames, channels[channel]);
                Place(block[channel], at - chain.LatencyFrames - frames, tail[channel]);
            }
        }

        chain.Close();
        chain.LineEnded();
    }

    /// <summary>Measures planar samples; they stay as they are.</summary>
    public static MeasuredTake Hold(AudioFormat format, float[][] channels)
    {
        var held = new MeasuredTake(format) { IsWhole = true };
        var buffer = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
        for (int at = 0; at < channels[0].Length; at += buffer.Frames)
        {
            AudioBlock block = buffer.Block(Math.Min(buffer.Frames, channels[0].Length - at));
            Fill(block, channels, at);
            held.Write(block);
        }

        return held;
    }

    /// <summary>Takes interleaved samples apart.</summary>
    public static float[][] Deinterleave(ReadOnlySpan<float> samples, int channels)
    {
        var planar = new float[channels][];
        for (int channel = 0; channel < channels; channel++)
        {
            planar[channel] = new float[samples.Length / channels];
            for (int frame = 0; frame < planar[channel].Length; frame++)
                planar[channel][frame] = samples[(frame * channels) + channel];
        }

        return planar;
    }

    /// <summary>Puts planar samples together.</summary>
    public static float[] Interleave(float[][] planar)
    {
        var samples = new float[planar.Length * planar[0].Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = planar[i % planar.Length][i / planar.Length];
        return samples;
    }

    private static void Fill(AudioBlock block, float[][] channels, int at)
    {
        int there = Math.Clamp(channels[0].Length - at, 0, block.Frames);
        for (int channel = 0; channel < channels.Length; channel++)
        {
            if (there > 0)
                channels[channel].AsSpan(at, there).CopyTo(block[channel]);
            block[channel][there..].Clear();
        }
    }

    // Copies the part of a block that falls inside the target, where the block's first frame is frame `at` of it.
    private static void Place(ReadOnlySpan<float> block, int at, Span<float> target)
    {
        int skip = Math.Max(0, -at);
        int count = Math.Min(block.Length - skip, target.Length - Math.Max(0, at));
        if (count > 0)
            block.Slice(skip, count).CopyTo(target[Math.Max(0, at)..]);
    }
}
