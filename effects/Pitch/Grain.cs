using System;

namespace R3X.FxHost.Effects;

/// <summary>One period of the voice on its way out, under a raised cosine.</summary>
/// <param name="Target">Where its middle will be in the output.</param>
/// <param name="Source">Where its middle is in the input.</param>
/// <param name="Speed">Frames read per frame: above 1 makes the throat smaller.</param>
/// <param name="HalfLength">Frames on either side of the middle.</param>
/// <param name="Level">Factor.</param>
internal readonly record struct Grain(double Target, double Source, double Speed, double HalfLength, double Level)
{
    private const int WindowSteps = 1024;

    private static readonly float[] Window = MakeWindow();

    /// <summary>Whether all of it has been played.</summary>
    public bool IsOver(long output) => output >= Target + HalfLength;

    /// <summary>Adds what belongs to a stretch of the output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="start">The place of the output's first sample.</param>
    public void AddTo(Span<float> output, History input, long start)
    {
        int first = (int)Math.Max(0, Math.Ceiling(Target - HalfLength - start));
        int end = (int)Math.Min(output.Length, Math.Ceiling(Target + HalfLength - start));
        if (first >= end)
            return;
        double windowStep = WindowSteps / HalfLength;
        int set = SincTable.SetFor(Speed);
        for (int i = first; i < end; i++)
        {
            // Counted out each time, so that a stretch played in two parts is the same.
            double from = start + i - Target;
            double source = Source + (from * Speed);
            double whole = Math.Floor(source);
            double window = Math.Abs(from) * windowStep;
            int step = (int)window;
            float level = step >= WindowSteps ? 0 : Window[step] + ((float)(window - step) * (Window[step + 1] - Window[step]));
            output[i] += (float)Level * level * Periodicity.Dot(
                input.Span((long)whole - (SincTable.Taps / 2) + 1, SincTable.Taps),
                SincTable.At(set, source - whole));
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
