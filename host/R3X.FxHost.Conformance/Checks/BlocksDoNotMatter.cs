using System;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class BlocksDoNotMatter : ConformanceCheck
{
    public override string Promise =>
        "However a line is cut into blocks, it sounds the same bit for bit, at every rate.";

    public override string LikelyCause =>
        "Something is done once a block, or counted in blocks, that should be done at fixed frames of the line.";

    public override string Fix =>
        "Count frames across blocks, or derive from SegmentedEffect, which cuts the line at fixed frames.";

    public override void Check(Subject subject)
    {
        foreach (int rate in Rates)
        {
            float[][] sound = [Signals.Voice(5000, rate, 1.5), Signals.Noise(5000)];
            sound[0].AsSpan(2500, 1200).Clear();
            var whole = subject.Line(rate, 2).Run(sound, _ => 1024);
            var random = subject.Chance(7);
            foreach (int size in new[] { 1, 10, 17, 256, 511 })
                Same(sound, whole, subject.Line(rate, 2).Run(sound, _ => size),
                    $"In blocks of {size}, and not of 1,024, at {rate} Hz", rate);
            Same(sound, whole, subject.Line(rate, 2).Run(sound, _ => random.Next(1, 1025)),
                $"In blocks of 1 to 1,024 frames at random, and not of 1,024, at {rate} Hz", rate);
        }
    }
}
