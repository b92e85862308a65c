using System;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>After a reset an effect sounds as it did when it was new, whatever it heard and however it was
/// moved.</summary>
internal sealed class ResetIsAsGoodAsNew : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        foreach (int rate in Rates)
        {
            float[][] sound = [Signals.Voice(3000, rate, 1.5)];
            var line = subject.Line(rate);
            var fresh = line.Run(sound, _ => 333);
            var random = new Random(5);
            line.Run([Signals.Noise(4096, 2)], _ => 32, _ => subject.Move(line, random));
            line.Reset();
            Same(fresh, line.Run(sound, _ => 333));
        }
    }
}
