using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>Holds 0 dBFS where no limiter does.</summary>
internal static class SafetyClamp
{
    public static void Apply(in AudioBlock block, float peak)
    {
        if (peak <= 1)
            return;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = Math.Clamp(samples[i], -1, 1);
        }
    }
}
