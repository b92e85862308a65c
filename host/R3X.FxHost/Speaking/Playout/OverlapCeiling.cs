using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking.Playout;

/// <summary>
/// Holds full scale where a tail rings on under a line: the sum is turned down within 1 ms and up again within half a second. Each line alone keeps its own ceiling and passes untouched. Loudspeaker's thread.
/// </summary>
internal sealed class OverlapCeiling(int sampleRate)
{
    // -0.1 dBFS.
    private const float Ceiling = 0.99f;
    private const double DownSeconds = 0.001;
    private const double UpPerSecond = 2;

    private float _gain = 1;

    /// <summary>Applies the gain in place.</summary>
    /// <param name="block">What is to be heard next.</param>
    /// <param name="isSum">Whether more than one line is in it.</param>
    public void Apply(AudioBlock block, bool isSum)
    {
        if (!isSum && _gain == 1)
            return;
        float peak = isSum ? Peak(block) : 0;
        float wanted = peak > Ceiling ? Ceiling / peak : 1;
        float start = _gain;
        bool falls = wanted < start;
        int moving = falls ? Math.Clamp((int)(DownSeconds * sampleRate), 1, block.Frames) : block.Frames;
        _gain = falls ? wanted : Math.Min(wanted, start + (float)(UpPerSecond * block.Frames / sampleRate));
        if (_gain == 1 && start == 1)
            return;
        float step = (_gain - start) / moving;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            // A peak in the first millisecond meets a gain that has not come down all the way.
            for (int i = 0; i < samples.Length; i++)
                samples[i] = Math.Clamp(samples[i] * (i < moving ? start + (step * (i + 1)) : _gain), -1, 1);
        }
    }

    private static float Peak(AudioBlock block)
    {
        float peak = 0;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            foreach (float sample in block[channel])
                peak = Math.Max(peak, Math.Abs(sample));
        }

        return peak;
    }
}
