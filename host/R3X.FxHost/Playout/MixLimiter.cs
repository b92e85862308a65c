using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Holds a ceiling where a tail rings on under a line, or a line is played louder than it is: the sum is turned down
/// within 1 ms and up again within half a second. A line that is alone, and as loud as it was made, keeps its own
/// ceiling and passes untouched. Loudspeaker's thread.
/// </summary>
/// <param name="sampleRate">Frames per second.</param>
/// <param name="ceiling">What no sample passes, full scale at 1.</param>
internal sealed class MixLimiter(int sampleRate, float ceiling = 0.99f)
{
    private const double DownSeconds = 0.001;
    private const double UpPerSecond = 2;

    private float _gain = 1;

    /// <summary>Applies the gain in place.</summary>
    /// <param name="block">What is to be heard next.</param>
    /// <param name="isLouder">Whether it may be louder than a line alone: it is a sum, or was turned up.</param>
    public void Apply(AudioBlock block, bool isLouder)
    {
        if (!isLouder && _gain == 1)
            return;
        float peak = isLouder ? Peak(block) : 0;
        float wanted = peak > ceiling ? ceiling / peak : 1;
        float start = _gain;
        bool falls = wanted < start;
        int moving = falls ? Math.Clamp((int)(DownSeconds * sampleRate), 1, block.Frames) : block.Frames;
        _gain = falls ? wanted : Math.Min(wanted, start + (float)(UpPerSecond * block.Frames / sampleRate));
        if (_gain == 1 && start == 1)
            return;
        float step = (_gain - start) / moving;
        float most = isLouder ? ceiling : 1;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            // A peak in the first millisecond meets a gain that has not come down all the way.
            for (int i = 0; i < samples.Length; i++)
                samples[i] = Math.Clamp(samples[i] * (i < moving ? start + (step * (i + 1)) : _gain), -most, most);
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
