using System;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>Two instances at work at once sound as each does alone.</summary>
internal sealed class InstancesShareNothing : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        float[] one = Signals.Voice(4000, Rate, 1.5), other = Signals.Noise(4000, 0.5);
        var alone = subject.Line().Run(one, 100);
        Line first = subject.Line(), second = subject.Line();
        var together = new float[one.Length];
        for (int start = 0; start < one.Length; start += 100)
        {
            second.Run(other.AsSpan(start, 100));
            first.Run(one.AsSpan(start, 100)).CopyTo(together, start);
        }

        Same([alone], [together]);
    }
}
