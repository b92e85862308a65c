using System;

namespace R3X.FxHost.Benchmarks;

/// <summary>What benchmarks work on: a tone that swells and fades under noise, so that dynamics have work to
/// do.</summary>
internal static class Sound
{
    public const int SampleRate = 44_100;

    /// <summary>Mono samples, peaks at about -3 dBFS; the same on every machine.</summary>
    public static float[] Make(int frames)
    {
        float[] samples = new float[frames];
        uint chance = 1;
        for (int frame = 0; frame < frames; frame++)
        {
            chance = (chance * 1_664_525) + 1_013_904_223;
            double swell = 0.5 - (0.5 * Math.Cos(2 * Math.PI * 4 * frame / SampleRate));
            double tone = Math.Sin(2 * Math.PI * 150 * frame / SampleRate) + (
                0.4 * Math.Sin(2 * Math.PI * 2_310 * frame / SampleRate));
            samples[frame] = (float)(swell * ((0.45 * tone) + (0.1 * ((chance / (double)uint.MaxValue) - 0.5))));
        }

        return samples;
    }
}
