using System;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class InstancesShareNothing : ConformanceCheck
{
    public override string Promise => "Two instances at work at once sound as each does alone.";

    public override string LikelyCause => "A static field holds what belongs to one line.";

    public override string Fix => "Keep state in fields of the instance; static may be what never changes.";

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

        Same([one], [alone], [together], "Beside another instance, and not alone");
    }
}
