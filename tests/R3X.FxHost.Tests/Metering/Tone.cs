using System;
using System.Collections.Generic;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Metering;

/// <summary>Signals of EBU Tech 3341 and 3342, made as the documents describe them.</summary>
internal static class Tone
{
    /// <summary>Stretches of a 1 kHz sine, one after the other without a jump in phase.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="parts">Length in seconds and peak level in dBFS of each.</param>
    public static float[] Stretches(int sampleRate, params (double Seconds, double Level)[] parts)
    {
        var samples = new List<float>();
        double seconds = 0;
        foreach (var (length, level) in parts)
        {
            seconds += length;
            int end = (int)Math.Round(seconds * sampleRate);
            double amplitude = Math.Pow(10, level / 20);
            while (samples.Count < end)
                samples.Add((float)(amplitude * Math.Sin(2 * Math.PI * 1000 * samples.Count / sampleRate)));
        }

        return [.. samples];
    }

    public static (double Seconds, double Level)[] Repeat(int times, params (double Seconds, double Level)[] parts)
    {
        var all = new List<(double, double)>();
        for (int i = 0; i < times; i++)
            all.AddRange(parts);
        return [.. all];
    }

    /// <summary>A meter that has heard the channels in blocks of 10 ms; <paramref name="after"/> is called behind
    /// each.</summary>
    public static LoudnessMeter Measured(int sampleRate, float[][] channels, Action<LoudnessMeter>? after = null)
    {
        var meter = new LoudnessMeter(new AudioFormat(sampleRate, channels.Length));
        int step = sampleRate / 100;
        var buffer = new AudioBuffer(channels.Length, step);
        for (int start = 0; start < channels[0].Length; start += step)
        {
            int frames = Math.Min(step, channels[0].Length - start);
            for (int channel = 0; channel < channels.Length; channel++)
                channels[channel].AsSpan(start, frames).CopyTo(buffer[channel]);
            meter.Process(buffer.Block(frames));
            after?.Invoke(meter);
        }

        return meter;
    }

    /// <summary>The true peak of a whole signal in dBTP.</summary>
    public static double TruePeak(float[] samples)
    {
        var meter = new TruePeakMeter(1);
        meter.Process(new AudioBlock(samples));
        meter.Finish();
        return meter.Level;
    }
}
