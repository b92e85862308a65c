using System;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering;

/// <summary>A whole sound at another rate.</summary>
internal static class Resampled
{
    public static float[] To(int outputRate, ReadOnlySpan<float> samples, int inputRate)
    {
        float[] copy = samples.ToArray();
        if (inputRate == outputRate)
            return copy;
        var resampler = new Resampler(inputRate, outputRate, 1);
        var output = new float[((long)copy.Length * outputRate / inputRate) + 2];
        int consumed = 0;
        int produced = 0;
        while (consumed < copy.Length)
        {
            ResampleStep step = resampler.Process(
                new AudioBlock(copy.AsSpan(consumed)), new AudioBlock(output.AsSpan(produced)));
            consumed += step.FramesConsumed;
            produced += step.FramesProduced;
        }

        int flushed;
        while ((flushed = resampler.Flush(new AudioBlock(output.AsSpan(produced)))) > 0)
            produced += flushed;
        return output[..produced];
    }
}
