using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Encoding;

/// <summary>Lines for encoders, and where in what was decoded they are.</summary>
internal static class StreamedLine
{
    /// <summary>A second of silence with a chord of 50 ms in it that is like no other part of itself.</summary>
    public static float[] Burst(int rate)
    {
        float[] sound = new float[rate];
        int length = rate / 20;
        for (int tone = 0; tone < 25; tone++)
        {
            double frequency = 311 * Math.Pow(1.09, tone);
            for (int i = 0; i < length; i++)
            {
                double window = Math.Pow(Math.Sin(Math.PI * i / length), 2);
                sound[(rate * 2 / 5) + i] +=
                    (float)(0.05 * window * Math.Sin((Math.Tau * frequency * i / rate) + (tone * tone)));
            }
        }

        return sound;
    }

    /// <summary>A line encoded for a stream that cannot seek.</summary>
    public static byte[] Encode(string name, AudioFormat format, int cut, params float[][] sound)
    {
        var bytes = new MemoryStream();
        using IEncoder encoder = Encoders.Open(new OneWayStream(bytes), format, AudioFormatName.Parse(name), 1);
        Write(encoder, cut, sound);
        encoder.Complete();
        return bytes.ToArray();
    }

    /// <summary>Writes a line in blocks.</summary>
    public static void Write(IEncoder encoder, int cut, params float[][] sound)
    {
        var block = new AudioBuffer(sound.Length, cut);
        for (int start = 0; start < sound[0].Length; start += cut)
        {
            int frames = Math.Min(cut, sound[0].Length - start);
            for (int channel = 0; channel < sound.Length; channel++)
                sound[channel].AsSpan(start, frames).CopyTo(block[channel]);
            encoder.Write(block.Block(frames));
        }
    }

    /// <summary>How many frames later a decoded line's burst is than the given one's.</summary>
    public static int DelayOf(float[] given, float[] decoded)
    {
        int start = Array.FindIndex(given, sample => sample != 0);
        int length = given.Length / 20;
        return Enumerable.Range(-200, 3_000).Where(lag => start + lag + length <= decoded.Length).MaxBy(lag =>
        {
            double likeness = 0;
            for (int i = start; i < start + length; i++)
                likeness += (double)given[i] * decoded[i + lag];
            return likeness;
        });
    }
}
