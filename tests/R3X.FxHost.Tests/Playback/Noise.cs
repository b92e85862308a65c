using System;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Playback;

/// <summary>Sound that can be told from silence and found again: seeded noise whose every sample is not zero.</summary>
internal static class Noise
{
    public static AudioBuffer Make(int channels, int frames, int seed = 1)
    {
        var random = new Random(seed);
        var buffer = new AudioBuffer(channels, frames);
        for (int channel = 0; channel < channels; channel++)
        {
            foreach (ref float sample in buffer[channel])
                sample = (float)((random.NextDouble() * 0.4) + 0.05) * (random.Next(2) * 2 - 1);
        }

        return buffer;
    }

    /// <summary>Writes all of it in blocks of some size.</summary>
    public static void Play(this IOutputDevice device, AudioBuffer sound, int block = 512)
    {
        for (int start = 0; start < sound.Frames; start += block)
            device.Write(sound.Block(start, Math.Min(block, sound.Frames - start)));
    }

    /// <summary>The energy of the difference over that of the sound, in dB.</summary>
    public static double ResidualDecibels(ReadOnlySpan<float> sound, ReadOnlySpan<float> heard)
    {
        double difference = 1e-30;
        double whole = 1e-30;
        for (int i = 0; i < sound.Length; i++)
        {
            difference += Math.Pow(sound[i] - heard[i], 2);
            whole += Math.Pow(sound[i], 2);
        }

        return 10 * Math.Log10(difference / whole);
    }
}
