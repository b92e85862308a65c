using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace R3X.FxHost.Conformance;

/// <summary>The stretch of sound in which a check failed, one channel of it: for a picture.</summary>
/// <param name="Start">Its first frame, counted from the start of the line.</param>
/// <param name="At">The frame that failed.</param>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Input">What went in; full scale is 1.</param>
/// <param name="Output">What came out.</param>
/// <param name="Expected">What should have come out; empty where that is not one certain sound.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record FailedBlock(
    int Start,
    int At,
    int SampleRate,
    IReadOnlyList<float> Input,
    IReadOnlyList<float> Output,
    IReadOnlyList<float> Expected)
{
    private const int Before = 256;
    private const int Frames = 1024;

    internal static FailedBlock Around(
        int at, int rate, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> expected = default)
    {
        int start = Math.Max(0, Math.Min(at - Before, output.Length - Frames));
        return new FailedBlock(start, at, rate, Cut(input, start), Cut(output, start), Cut(expected, start));
    }

    private static float[] Cut(ReadOnlySpan<float> samples, int start) =>
        start >= samples.Length ? [] : samples[start..Math.Min(samples.Length, start + Frames)].ToArray();
}
