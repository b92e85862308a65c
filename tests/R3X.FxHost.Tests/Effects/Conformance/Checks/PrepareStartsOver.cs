using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>An instance that is prepared again, for another rate and back, is as good as new.</summary>
internal sealed class PrepareStartsOver : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        var sound = Signals.Voice(3000, Rate, 1.5);
        var effect = subject.Create();
        var values = effect.Parameters.Select(p => p.Default).ToArray();
        (float[] Heard, EffectTiming Timing) Process(int rate)
        {
            var format = new AudioFormat(rate, 1);
            var timing = effect.Prepare(new EffectSetup(format, 1024, RenderQuality.Full, 1, effect.Parameters, values)
            {
                Curve = subject.Curve,
            });
            var samples = sound.ToArray();
            for (int start = 0; start < samples.Length; start += 1000)
                effect.Process(new AudioBlock(samples.AsSpan(start, 1000)));
            return (samples, timing);
        }

        var first = Process(Rate);
        Process(16_000);
        var again = Process(Rate);
        Same([first.Heard], [again.Heard]);
        Assert.Equal(first.Timing, again.Timing);
    }
}
