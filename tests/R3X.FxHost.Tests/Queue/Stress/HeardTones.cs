using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Tests.Playback;

namespace R3X.FxHost.Tests.Queue.Stress;

/// <summary>Which lines' tones loudspeakers sounded, in order.</summary>
internal static class HeardTones
{
    private const int WindowMilliseconds = 20;

    // Shorter ones are borders between lines.
    private const int LeastWindows = 4;

    /// <summary>The tones, each with how many milliseconds of it were heard; neighbours differ.</summary>
    /// <param name="recordings">The loudspeakers, and where each is listened to from.</param>
    public static List<(int Tone, int Milliseconds)> In(IEnumerable<(SinkRecording Sink, long From)> recordings)
    {
        var windows = new List<(long Time, int Tone)>();
        foreach ((SinkRecording sink, long from) in recordings)
        {
            int length = sink.SampleRate * WindowMilliseconds / 1000;
            float[] heard = sink.Channel(0, from, sink.Position);
            for (int at = 0; at + length <= heard.Length; at += length)
            {
                if (ToneOf(heard.AsSpan(at, length), sink.SampleRate) is { } tone)
                    windows.Add((sink.HeardAt(from + at), tone));
            }
        }

        var tones = new List<(int Tone, int Windows)>();
        foreach ((_, int tone) in windows.OrderBy(window => window.Time))
        {
            if (tones.Count > 0 && tones[^1].Tone == tone)
                tones[^1] = (tone, tones[^1].Windows + 1);
            else
                tones.Add((tone, 1));
        }

        var heardTones = new List<(int Tone, int Milliseconds)>();
        foreach ((int tone, int count) in tones.Where(run => run.Windows >= LeastWindows))
        {
            if (heardTones.Count > 0 && heardTones[^1].Tone == tone)
                heardTones[^1] = (tone, heardTones[^1].Milliseconds + (count * WindowMilliseconds));
            else
                heardTones.Add((tone, count * WindowMilliseconds));
        }

        return heardTones;
    }

    // Goertzel's algorithm at every tone there is.
    private static int? ToneOf(ReadOnlySpan<float> samples, int rate)
    {
        double total = 0;
        foreach (float sample in samples)
            total += sample * sample;
        if (total / samples.Length < 1e-6)
            return null;
        int best = -1;
        double most = 0;
        for (int tone = 0; tone < StressLine.Tones; tone++)
        {
            double coefficient = 2 * Math.Cos(2 * Math.PI * StressLine.Frequency(tone) / rate);
            double last = 0;
            double beforeLast = 0;
            foreach (float sample in samples)
                (last, beforeLast) = (sample + (coefficient * last) - beforeLast, last);
            double power =
                ((last * last) + (beforeLast * beforeLast) - (coefficient * last * beforeLast)) * 2 / samples.Length;
            if (power > most)
                (most, best) = (power, tone);
        }

        return most > total / 2 ? best : null;
    }
}
