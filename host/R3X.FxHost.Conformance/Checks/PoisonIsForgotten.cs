using System;
using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class PoisonIsForgotten : ConformanceCheck
{
    public override string Promise =>
        "What is not a number, or beyond all measure, is answered with numbers and forgotten within half a second.";

    public override string LikelyCause => "A filter, a delay line or an envelope keeps what is not a number for ever.";

    public override string Fix =>
        "Call FiniteSamples.Clean on the block before anything else, or derive from SegmentedEffect, which does.";

    public override void Check(Subject subject)
    {
        var clean = Signals.Voice(Rate, Rate);
        var good = subject.Line().Run(clean);
        foreach (
            float poison in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, float.MaxValue })
        {
            var poisoned = clean.ToArray();
            (poisoned[1000], poisoned[1001], poisoned[1500]) = (poison, poison, -poison);
            var heard = subject.Line().Run(poisoned);
            if (Array.FindIndex(heard, s => !float.IsFinite(s)) is var at and >= 0)
                Fail($"After {poison} came in, {heard[at]} came out at frame {at}.",
                    FailedBlock.Around(at, Rate, poisoned, heard, good));
            if (!(Difference(good.AsSpan(Rate / 2), heard.AsSpan(Rate / 2)) < 1e-4))
                Fail($"Half a second after {poison} came in, the line still sounds different.",
                    FailedBlock.Around((Rate / 2) + WorstFrame(good.AsSpan(Rate / 2), heard.AsSpan(Rate / 2)), Rate,
                        poisoned, heard, good));
        }
    }
}
