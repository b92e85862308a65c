using System;

namespace R3X.FxHost.Tests.Listening;

/// <summary>Signals to feed.</summary>
internal static class TestSignal
{
    public static float[] Sine(double frequency, double levelDb, int sampleRate, int frames)
    {
        double amplitude = Math.Pow(10, levelDb / 20);
        var samples = new float[frames];
        for (int i = 0; i < frames; i++)
            samples[i] = (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate));
        return samples;
    }

    public static float[] WhiteNoise(double levelDb, int frames, int seed = 1)
    {
        // Uniform noise with the given RMS.
        double amplitude = Math.Pow(10, levelDb / 20) * Math.Sqrt(3);
        var random = new Random(seed);
        var samples = new float[frames];
        for (int i = 0; i < frames; i++)
            samples[i] = (float)(amplitude * ((2 * random.NextDouble()) - 1));
        return samples;
    }
}
