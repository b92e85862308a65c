using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Sdk;

namespace R3X.FxHost;

// Lines that are samples in memory.
public sealed partial class FxHost
{
    /// <summary>Returns a line processed: as long as it came, latency removed, tail cut.</summary>
    /// <param name="samples">Samples, full scale at 1; channels interleaved.</param>
    /// <param name="sampleRate">Frames per second, 8,000 to 96,000.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <exception cref="ArgumentException">Not a whole number of frames, or a rate outside the range.</exception>
    public float[] ApplyAudioEffects(
        ReadOnlySpan<float> samples, int sampleRate, SpeechSelection? selection = null, int channels = 1) =>
        ApplyAudioEffects(samples, sampleRate, selection, channels, out _);

    /// <summary>Returns a line processed, and apart from it what rings on after its end.</summary>
    /// <param name="samples">Samples, full scale at 1; channels interleaved.</param>
    /// <param name="sampleRate">Frames per second, 8,000 to 96,000.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="tail">What follows the end, interleaved alike.</param>
    /// <exception cref="ArgumentException">Not a whole number of frames, or a rate outside the range.</exception>
    public float[] ApplyAudioEffects(
        ReadOnlySpan<float> samples, int sampleRate, SpeechSelection? selection, int channels, out float[] tail)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (samples.Length % channels != 0)
            throw new ArgumentException(
                $"{samples.Length} samples are not a whole number of frames of {channels} channels.", nameof(samples));
        float[][] planar = ApplyAudioEffects(
            AppliedAudio.Deinterleave(samples, channels), sampleRate, selection, out float[][] planarTail);
        tail = AppliedAudio.Interleave(planarTail);
        return AppliedAudio.Interleave(planar);
    }

    /// <summary>Returns a line processed, planar: as long as it came, latency removed, tail cut.</summary>
    /// <param name="samples">One array a channel, all of one length; not changed.</param>
    /// <param name="sampleRate">Frames per second, 8,000 to 96,000.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <exception cref="ArgumentException">Arrays of different lengths, or a rate outside the range.</exception>
    public float[][] ApplyAudioEffects(float[][] samples, int sampleRate, SpeechSelection? selection = null) =>
        ApplyAudioEffects(samples, sampleRate, selection, out _);

    /// <summary>Returns a line processed, planar, and apart from it what rings on after its end.</summary>
    /// <param name="samples">One array a channel, all of one length; not changed.</param>
    /// <param name="sampleRate">Frames per second, 8,000 to 96,000.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="tail">What follows the end, one array a channel.</param>
    /// <exception cref="ArgumentException">Arrays of different lengths, or a rate outside the range.</exception>
    public float[][] ApplyAudioEffects(
        float[][] samples, int sampleRate, SpeechSelection? selection, out float[][] tail)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length == 0 || Array.Exists(samples, channel => channel.Length != samples[0].Length))
            throw new ArgumentException("The channels must be there and all of one length.", nameof(samples));
        return Apply(Choose(selection), samples, sampleRate, out tail);
    }

    /// <summary>Returns a line processed by a plan that is no preset of the folder: one that is being fitted.</summary>
    /// <param name="samples">One array a channel, all of one length; not changed.</param>
    /// <param name="sampleRate">Frames per second, 8,000 to 96,000.</param>
    /// <param name="plan">The steps.</param>
    internal float[][] ApplyPlan(float[][] samples, int sampleRate, ChainPlan plan) =>
        Apply(_chains.Of(plan, seed: 0), samples, sampleRate, out _);

    private static float[][] Apply(LineChain line, float[][] samples, int sampleRate, out float[][] tail)
    {
        float[][] processed = [.. Array.ConvertAll(samples, channel => (float[])channel.Clone())];
        var format = new AudioFormat(sampleRate, samples.Length);
        using (MeasuredTake? held = line.Measures ? AppliedAudio.Hold(format, processed) : null)
        using (LineStart start = line.Prepare(format, held, isUnheard: true))
            AppliedAudio.Apply(start, processed, out tail);
        line.End();
        return processed;
    }
}
