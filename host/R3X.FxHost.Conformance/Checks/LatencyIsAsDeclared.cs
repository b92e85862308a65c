using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class LatencyIsAsDeclared : ConformanceCheck
{
    public override string Promise =>
        "The declared latency is the measured one within half a frame, at every rate and quality.";

    public override string LikelyCause =>
        "LatencyFrames leaves out a filter, a look-ahead or a buffer, or is counted at another rate.";

    public override string Fix =>
        "Return from Prepare the frames by which the sound comes out later; an effect that makes its sound anew says "
        + "LatencyIsMeasurable = false in its Effect attribute.";

    public override void Check(Subject subject)
    {
        if (!subject.LatencyIsMeasurable)
            DoesNotApply("Its Effect attribute says that its latency cannot be measured.");
        foreach (int rate in Rates)
        {
            foreach (var quality in Enum.GetValues<RenderQuality>())
            {
                var line = subject.Line(rate, 1, quality);
                double measured = MeasuredTiming.Latency(line);
                if (!(Math.Abs(measured - line.Timing.LatencyFrames) <= 0.5))
                    Fail(string.Create(null, $"It is {measured:0.0} frames late and declares ")
                        + string.Create(null, $"{line.Timing.LatencyFrames}, at {rate} Hz, quality {quality}."));
            }
        }
    }
}
