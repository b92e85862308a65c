namespace R3X.FxHost.Conformance.Checks;

internal sealed class TailEndsWhereDeclared : ConformanceCheck
{
    public override string Promise =>
        "After latency and tail there is silence: -80 dB of what went in, whatever the settings.";

    public override string LikelyCause =>
        "TailFrames is that of the default settings, or counts to -60 dB, or leaves out a filter that rings.";

    public override string Fix =>
        "Compute TailFrames in Prepare from the values in setup, down to -80 dB; rather too long than too short.";

    public override void Check(Subject subject)
    {
        var random = subject.Chance(11);
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            for (int attempt = 0; attempt < 6; attempt++)
            {
                var line = subject.Drawn(rate, attempt == 0 ? null : random);
                (double left, FailedBlock block) = MeasuredTiming.AfterTail(line);
                if (!(left <= -80))
                    Fail(string.Create(null, $"{left:0.0} dB are left after {line.Timing.LatencyFrames} frames of ")
                        + $"latency and {line.Timing.TailFrames} of tail. Settings: {line}.", block);
            }
        }
    }
}
