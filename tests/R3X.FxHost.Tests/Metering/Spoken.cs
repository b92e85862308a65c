using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using R3X.FxHost.Tests.Decoding;

namespace R3X.FxHost.Tests.Metering;

/// <summary>Lines of a speech synthesiser, and other people's measurements of sound.</summary>
internal static class Spoken
{
    public const string Text =
        "Welcome back to the cantina, everybody. My name is Rex, and I will be your host and music maker tonight. "
        + "The next song goes out to the pilots at the far table, who have had a very long day between the stars.";

    private static readonly ConcurrentDictionary<(string Voice, int Rate, int Channels), float[]> Lines = new();

    /// <summary>A line of about ten seconds, interleaved.</summary>
    public static float[] Line(int sampleRate, int channels = 1, string voice = "en-us") =>
        Lines.GetOrAdd((voice, sampleRate, channels), static key =>
    {
        byte[] wave = Fixture.Run("espeak-ng", [], ["-v", key.Voice, "--stdout", Text]);
        byte[] samples = Fixture.Run("ffmpeg", wave,
            ["-v", "error", "-i", "pipe:0", "-ar", $"{key.Rate}", "-ac", $"{key.Channels}", "-f", "f32le", "pipe:1"]);
        return MemoryMarshal.Cast<byte, float>(samples).ToArray();
    });

    /// <summary>What ffmpeg's ebur128 says of interleaved samples.</summary>
    /// <param name="samples">Interleaved.</param>
    /// <param name="sampleRate">Their rate.</param>
    /// <param name="channels">Their channels.</param>
    /// <param name="at">The rate to measure at; the samples' own where 0.</param>
    public static (double Integrated, double TruePeak, double Range) MeasuredByFfmpeg(
        float[] samples, int sampleRate, int channels, int at = 0)
    {
        string filter = (at == 0
            ? "" : $"aresample={at},") + "ebur128=peak=true:metadata=1,ametadata=mode=print:file=-";
        byte[] printed = Fixture.Run(
            "ffmpeg",
            MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(),
            ["-v", "error", "-f", "f32le", "-ar", $"{sampleRate}", "-ac", $"{channels}", "-i", "pipe:0", "-af", filter,
                "-f", "null", "-"]);
        string text = System.Text.Encoding.ASCII.GetString(printed);
        return (Last(text, "lavfi.r128.I="), 20 * Math.Log10(Last(text, "lavfi.r128.true_peak=")),
            Last(text, "lavfi.r128.LRA="));
    }

    private static double Last(string text, string key)
    {
        int start = text.LastIndexOf(key, StringComparison.Ordinal) + key.Length;
        int end = text.IndexOf('\n', start);
        return double.Parse(text.AsSpan(start, end - start), CultureInfo.InvariantCulture);
    }
}
