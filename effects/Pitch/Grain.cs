using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>One period of the voice to be added to the output, under a raised cosine.</summary>
/// <param name="Target">Where its middle will be in the output.</param>
/// <param name="Source">Where its middle is in the input.</param>
/// <param name="Speed">Frames read per frame: above 1 raises the formants.</param>
/// <param name="HalfLength">Frames on either side of the middle.</param>
/// <param name="Level">Factor.</param>
internal readonly record struct Grain(double Target, double Source, double Speed, double HalfLength, double Level)
{
    /// <summary>The longest stretch that is played at once.</summary>
    public const int MostFrames = ParameterGrid.Frames;

    private const int WindowSteps = 1024;

    private static readonly float[] Window = MakeWindow();

    /// <summary>Whether all of it has been played.</summary>
    public bool IsOver(long output) => output >= Target + HalfLength;

    /// <summary>Adds what belongs to a stretch of the output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output, at most <see cref="MostFrames"/> samples.</param>
    /// <param name="start">The place of the output's first sample.</param>
    public void AddTo(Span<float> output, SampleHistory input, long start)
    {
        int first = (int)Math.Max(0, Math.Ceiling(Target - HalfLength - start));
        int end = (int)Math.Min(output.Length, Math.Ceiling(Target + HalfLength - start));
        if (first >= end)
            return;
        Span<float> read = stackalloc float[MostFrames];
        read = read[..(end - first)];
        Read(read, input, start + first);
        double step = WindowSteps / HalfLength;
        for (int i = 0; i < read.Length; i++)
        {
            // Counted out each time, so that a stretch played in two parts is the same.
            double window = Math.Abs(start + first + i - Target) * step;
            int whole = (int)window;
            float level = whole >= WindowSteps
                ? 0
                : Window[whole] + ((float)(window - whole) * (Window[whole + 1] - Window[whole]));
            output[first + i] += (float)Level * level * read[i];
        }
    }

    private void Read(Span<float> read, SampleHistory input, long start)
    {
        if (Speed == 1)
        {
            // Every sample lies at the same place between two others.
            double offset = Source - Target;
            double whole = Math.Floor(offset);
            SincTable.ReadEvenly(read, input.Span(start + (long)whole - (SincTable.Taps / 2) + 1,
                read.Length + SincTable.Taps - 1), offset - whole);
            return;
        }

        int set = SincTable.SetFor(Speed);
        for (int i = 0; i < read.Length; i++)
        {
            double source = Source + ((start + i - Target) * Speed);
            double whole = Math.Floor(source);
            read[i] = SincTable.Read(input.Span((long)whole - (SincTable.Taps / 2) + 1, SincTable.Taps), set,
                source - whole);
        }
    }

    private static float[] MakeWindow()
    {
        var window = new float[WindowSteps + 1];
        for (int i = 0; i <= WindowSteps; i++)
            window[i] = (float)(0.5 + (0.5 * Math.Cos(Math.PI * i / WindowSteps)));
        return window;
    }
}
