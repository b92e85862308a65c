using System;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>The declared latency is the measured one, by cross-correlation on noise, within half a frame.</summary>
internal sealed class LatencyIsAsDeclared : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        if (!subject.LatencyIsMeasurable)
            return;
        foreach (int rate in Rates)
        {
            foreach (var quality in Enum.GetValues<RenderQuality>())
            {
                // Quiet, so that nothing reacts to level; low-passed, since a voice has its weight there.
                var sound = Signals.Noise(3000, 0.05);
                for (int i = sound.Length - 1; i > 1; i--)
                    sound[i] = (sound[i] + (2 * sound[i - 1]) + sound[i - 2]) / 4;
                var line = subject.Line(rate, 1, quality);
                Assert.Equal(line.Timing.LatencyFrames, Signals.Delay(sound, line.Run(sound), 256), 0.5);
            }
        }
    }
}
