using System;
using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class StructuralSettingsHold : ConformanceCheck
{
    public override string Promise =>
        "A structural setting can have any value of its range: latency and tail are as declared, and the sound is "
        + "finite.";

    public override string LikelyCause =>
        "Latency, tail or memory are those of the setting's default, or of one sample rate.";

    public override string Fix => "Compute them in Prepare from setup[...] and setup.Format.";

    public override void Check(Subject subject)
    {
        if (!subject.Parameters.Any(p => p.IsStructural && p.Points is null))
            DoesNotApply("No setting is structural.");
        foreach (var parameter in subject.Parameters.Where(p => p.IsStructural && p.Points is null))
        {
            foreach (int rate in new[] { 8_000, 44_100, 96_000 })
            {
                foreach (double share in new[] { 0, 0.1, 0.5, 1 })
                {
                    double value = parameter.Minimum + (share * (parameter.Maximum - parameter.Minimum));
                    Line At() => subject.Line(rate, settings: [(parameter.Id, value)]);
                    string where = $"With \"{parameter}\" at {value:0.##}, {rate} Hz";
                    (double left, FailedBlock block) = MeasuredTiming.AfterTail(At());
                    if (!(left <= -80))
                        Fail(string.Create(null, $"{where}, {left:0.0} dB are left after latency and tail."), block);
                    if (!subject.LatencyIsMeasurable)
                        continue;
                    double late = MeasuredTiming.Latency(At());
                    int declared = At().Timing.LatencyFrames;
                    if (!(Math.Abs(late - declared) <= 0.5))
                        Fail(string.Create(null, $"{where}, it is {late:0.0} frames late and declares {declared}."));
                }
            }
        }
    }
}
