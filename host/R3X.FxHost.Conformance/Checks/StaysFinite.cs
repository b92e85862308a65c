using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class StaysFinite : ConformanceCheck
{
    // 24 dB of make-up are allowed, and a loop of 90 %.
    private const float Most = 40;

    public override string Promise =>
        "Bounds, random settings and settings that move at random give numbers, none beyond 40 times full scale, at "
        + "every rate.";

    public override string LikelyCause =>
        "A division by zero, a filter above half the sample rate, or a loop that adds more than it loses.";

    public override string Fix =>
        "Keep what is computed from settings within what the sample rate and the arithmetic allow.";

    public override void Check(Subject subject)
    {
        var random = subject.Chance(23);
        foreach (int rate in Rates)
        {
            foreach (double share in new[] { 0.0, 1 })
                Sane(subject.Line(rate, 1, settings: [.. subject.Parameters.Select(p =>
                    (p.Id, p.Minimum + (share * (p.Maximum - p.Minimum))))]), subject, 1, null);
            for (int attempt = 0; attempt < 8; attempt++)
                Sane(subject.Drawn(rate, random, 1 + (attempt % 3)), subject, 1 + (attempt % 3), random);
        }
    }

    private static void Sane(Line line, Subject subject, int channels, Random? random)
    {
        float[][] sound = [.. Enumerable.Range(0, channels).Select(c => Signals.Noise(2048, 1, c))];
        var heard = line.Run(sound, _ => ParameterGrid.Frames, _ =>
        {
            if (random is not null)
                subject.Move(line, random);
        });
        for (int channel = 0; channel < channels; channel++)
        {
            if (Array.FindIndex(heard[channel], s => !(Math.Abs(s) < Most)) is var at and >= 0)
                Fail($"{heard[channel][at]} came out at frame {at}. Settings{(random is null ? "" : " at the start")}: "
                    + $"{line}.", FailedBlock.Around(at, line.Setup.Format.SampleRate, sound[channel], heard[channel]));
        }
    }
}
