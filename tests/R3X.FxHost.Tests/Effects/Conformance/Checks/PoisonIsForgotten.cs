using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>What is not a number, or beyond all measure, is answered with numbers and forgotten.</summary>
internal sealed class PoisonIsForgotten : ConformanceCheck
{
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
            Assert.All(heard, s => Assert.True(float.IsFinite(s)));
            Assert.True(Difference(good.AsSpan(Rate / 2), heard.AsSpan(Rate / 2)) < 1e-4, $"{poison} is still heard.");
        }
    }
}
