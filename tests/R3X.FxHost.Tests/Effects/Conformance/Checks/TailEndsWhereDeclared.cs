using System;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>After latency and tail there is silence: -80 dB of what went in, whatever the settings.</summary>
internal sealed class TailEndsWhereDeclared : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        var random = new Random(11);
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            for (int attempt = 0; attempt < 6; attempt++)
            {
                var line = subject.Drawn(rate, attempt == 0 ? null : random);
                var sound = Signals.Noise(rate / 4);
                var silence = new float[line.Timing.LatencyFrames + line.Timing.TailFrames + 4000];
                var heard = line.Run([.. sound, .. silence]);
                float left = Signals.Peak(
                    heard.AsSpan(sound.Length + line.Timing.LatencyFrames + line.Timing.TailFrames));
                Assert.True(left <= 1e-4 * Signals.Peak(sound),
                    $"{Signals.Decibels(left / Signals.Peak(sound)):0.0} dB left, {line}");
            }
        }
    }
}
