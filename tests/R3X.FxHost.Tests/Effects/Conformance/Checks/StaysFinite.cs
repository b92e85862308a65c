using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>Bounds, random settings and settings that move at random give numbers, and none that is out of all
/// proportion, at every rate.</summary>
internal sealed class StaysFinite : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        var random = new Random(23);
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

        // 24 dB of make-up are allowed, and a loop of 90 %.
        Assert.True(heard.All(c => c.All(s => Math.Abs(s) < 40)), line.ToString());
    }
}
