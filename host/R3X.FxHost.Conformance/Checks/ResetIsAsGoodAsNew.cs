namespace R3X.FxHost.Conformance.Checks;

internal sealed class ResetIsAsGoodAsNew : ConformanceCheck
{
    public override string Promise =>
        "After a reset an effect sounds as it did when it was new, whatever it heard and however it was moved.";

    public override string LikelyCause =>
        "Reset forgets a delay line, a filter's state, a phase, a source of chance or a moved setting.";

    public override string Fix =>
        "Let Reset set everything that Process or SetParameter changes back to what Prepare set.";

    public override void Check(Subject subject)
    {
        foreach (int rate in Rates)
        {
            float[][] sound = [Signals.Voice(3000, rate, 1.5)];
            var line = subject.Line(rate);
            var fresh = line.Run(sound, _ => 333);
            var random = subject.Chance(5);
            line.Run([Signals.Noise(4096, 2)], _ => 32, _ => subject.Move(line, random));
            line.Reset();
            Same(sound, fresh, line.Run(sound, _ => 333), $"After a reset, and not new, at {rate} Hz", rate);
        }
    }
}
