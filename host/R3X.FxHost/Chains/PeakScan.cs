using System;
using System.Numerics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>Finds a block's largest sample and anything that is not a number, in one pass.</summary>
internal static class PeakScan
{
    /// <summary>The largest |sample|; positive infinity when any sample is NaN or infinite.</summary>
    public static float Of(AudioBlock block)
    {
        float peak = 0;
        for (int channel = 0; channel < block.Channels; channel++)
            peak = Math.Max(peak, Of(block[channel]));
        return peak;
    }

    private static float Of(ReadOnlySpan<float> samples)
    {
        var most = Vector<float>.Zero;
        var finite = new Vector<int>(-1);
        var limit = new Vector<float>(float.MaxValue);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> size = Vector.Abs(new Vector<float>(samples[i..]));
            // False for NaN and infinity alike.
            finite &= Vector.LessThanOrEqual(size, limit);
            most = Vector.ConditionalSelect(Vector.GreaterThan(size, most), size, most);
        }

        if (Vector.EqualsAny(finite, Vector<int>.Zero))
            return float.PositiveInfinity;
        float peak = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            peak = Math.Max(peak, most[lane]);
        for (; i < samples.Length; i++)
        {
            float size = Math.Abs(samples[i]);
            if (!(size <= float.MaxValue))
                return float.PositiveInfinity;
            peak = Math.Max(peak, size);
        }

        return peak;
    }
}
