using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>A gain that follows a target in steps too small to click: from one end to the other in 10 ms. One thread at
/// a time.</summary>
internal sealed class GainRamp
{
    private const float Seconds = 0.01f;

    private float? _gain;

    /// <summary>Where the gain is; 1 before the first block.</summary>
    public float Gain => _gain ?? 1;

    /// <summary>Applies the gain in place. The first block starts at its target.</summary>
    /// <param name="block">The frames.</param>
    /// <param name="target">Where the gain goes, 0 to 1 or more.</param>
    /// <param name="sampleRate">Frames per second.</param>
    public void Apply(AudioBlock block, float target, int sampleRate)
    {
        float start = _gain ??= target;
        float gain = start;
        if (gain == target && target == 1)
            return;
        float step = 1f / (Seconds * sampleRate);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            gain = start;
            foreach (ref float sample in block[channel])
            {
                gain = gain < target ? Math.Min(target, gain + step) : Math.Max(target, gain - step);
                sample *= gain;
            }
        }

        _gain = gain;
    }
}
