using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Sees whether an effect is as late as it says: what it is not would be cut off the line's beginning. It is given a
/// click, once for each rate and latency. Any thread.
/// </summary>
internal static class LatencyProbe
{
    // What would be cut off of less is no part of a word.
    private const double LeastMilliseconds = 5;
    private const float Click = 0.5f;
    private const float LeastHeard = 0.005f;

    private static readonly ConditionalWeakTable<Func<IEffect>, HashSet<(int Rate, int Latency)>> Proven = [];

    /// <summary>Where the click comes out, in frames, when that is far too early; null when all is well, or nothing
    /// comes out.</summary>
    /// <param name="create">Makes the effect, which what is proven is remembered for.</param>
    /// <param name="fresh">An instance prepared as in the line, and used up by this.</param>
    /// <param name="latencyFrames">What it said.</param>
    /// <param name="format">The line's format.</param>
    /// <param name="maxFrames">The largest block it was prepared for.</param>
    public static int? Refute(
        Func<IEffect> create, Func<IEffect> fresh, int latencyFrames, AudioFormat format, int maxFrames)
    {
        if (latencyFrames <= format.Frames(LeastMilliseconds))
            return null;
        HashSet<(int Rate, int Latency)> proven = Proven.GetValue(create, static _ => []);
        lock (proven)
        {
            if (proven.Contains((format.SampleRate, latencyFrames)))
                return null;
        }

        int loudest = LoudestFrame(fresh(), latencyFrames, format, maxFrames);
        // Effects smear a click, but not by half of what they wait for.
        if (loudest >= 0 && loudest < latencyFrames / 2 && latencyFrames - loudest > format.Frames(LeastMilliseconds))
            return loudest;
        lock (proven)
            proven.Add((format.SampleRate, latencyFrames));
        return null;
    }

    private static int LoudestFrame(IEffect effect, int latencyFrames, AudioFormat format, int maxFrames)
    {
        // With room to write past a block, which the line itself will see.
        var buffer = new AudioBuffer(format.Channels, maxFrames + Canary.Frames);
        float peak = LeastHeard;
        int loudest = -1;
        for (int at = 0; at < latencyFrames + maxFrames; at += maxFrames)
        {
            buffer.Clear();
            for (int channel = 0; at == 0 && channel < format.Channels; channel++)
                buffer[channel][0] = Click;
            effect.Process(buffer.Block(maxFrames));
            for (int frame = 0; frame < maxFrames; frame++)
            {
                if (Math.Abs(buffer[0][frame]) > peak)
                    (peak, loudest) = (Math.Abs(buffer[0][frame]), at + frame);
            }
        }

        (effect as IRemoteEffect)?.Close();
        return loudest;
    }
}
