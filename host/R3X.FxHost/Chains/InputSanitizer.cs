using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Makes a line's samples fit for effects: what is not a number becomes silence, what is larger than any sound becomes
/// the largest. Without it a broken float file would be blamed on the first effect.
/// </summary>
internal static class InputSanitizer
{
    /// <summary>The largest sample that goes into a chain, +18 dBFS.</summary>
    public const float Largest = 8;

    /// <summary>Repairs a block in place and returns its peak.</summary>
    public static float Apply(in AudioBlock block)
    {
        float peak = PeakLevel.Of(block);
        if (peak <= Largest)
            return peak;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = float.IsFinite(samples[i]) ? Math.Clamp(samples[i], -Largest, Largest) : 0;
        }

        return PeakLevel.Of(block);
    }
}
