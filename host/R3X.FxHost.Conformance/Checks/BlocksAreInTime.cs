using System;
using System.Diagnostics;
using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class BlocksAreInTime : ConformanceCheck
{
    // Of a block's own length. A chain has several effects, and the machine other things to do.
    private const double Share = 0.6;

    // A machine that is busy with something else makes a block late now and then, and never the same one so often.
    private const int Attempts = 25;

    // What is so much too slow in all of a few runs is not the machine's doing.
    private const int AttemptsOfTheHopeless = 3;
    private const double Hopeless = 4;

    public override string Promise =>
        "Every block takes less than 0.6 of its own length to compute, be it sound, what is left of one, or numbers "
        + "too small to be normal.";

    public override string LikelyCause =>
        "Process waits for something, or does work for many blocks in one; where what is left of a sound or denormal "
        + "numbers are slow, a loop goes on with denormal numbers.";

    public override string Fix =>
        "Move work to Prepare, spread what is done now and then over the frames, wait for nothing, and set state that "
        + "has decayed to 0 (Denormal).";

    public override void Check(Subject subject)
    {
        int quarter = Rate / 4;
        InTime(subject, "noise", Signals.Noise(quarter), 512);
        InTime(subject, "noise in blocks of 64 frames", Signals.Noise(quarter / 2), 64);
        InTime(subject, "silence after noise", [.. Signals.Noise(2048), .. new float[quarter]], 512);
        InTime(subject, "denormal numbers", [.. Signals.Noise(quarter, 1e-39)], 512);
    }

    // Over several runs each block's quickest counts: what is slow in all of them is slow by itself.
    private static void InTime(Subject subject, string what, float[] sound, int block)
    {
        var quickest = Enumerable.Repeat(double.MaxValue, (sound.Length + block - 1) / block).ToArray();
        double length = block / (double)Rate;
        int attempt = 0;
        for (; attempt < Attempts && quickest.Max() > Share * length; attempt++)
        {
            if (attempt >= AttemptsOfTheHopeless && quickest.Max() > Hopeless * length)
                break;
            var line = subject.Line(Rate, 1);
            long start = 0;
            int at = -1;
            line.Run([sound], _ => block, frame =>
            {
                long now = Stopwatch.GetTimestamp();
                if (at >= 0)
                    quickest[at] = Math.Min(quickest[at], Stopwatch.GetElapsedTime(start, now).TotalSeconds);
                at = frame / block;
                start = Stopwatch.GetTimestamp();
            });
            // The last one ends with the line, and counts as the one before.
            quickest[^1] = quickest[^2];
        }

        int slowest = Array.IndexOf(quickest, quickest.Max());
        if (quickest[slowest] > Share * length)
            Fail(
                string.Create(null, $"With {what}, block {slowest} takes {1000 * quickest[slowest]:0.00} ms at its ")
                    + string.Create(null, $"quickest of {attempt} runs; its {block} frames last ")
                    + string.Create(null, $"{1000 * length:0.00} ms."));
    }
}
