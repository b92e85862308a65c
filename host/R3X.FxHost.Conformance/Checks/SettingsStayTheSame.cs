using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class SettingsStayTheSame : ConformanceCheck
{
    public override string Promise =>
        "Parameters holds the same objects in the same order, for every instance and at any time.";

    public override string LikelyCause => "Parameters are made in the constructor, or each time they are asked for.";

    public override string Fix => "Keep every Parameter in a static readonly field.";

    public override void Check(Subject subject)
    {
        var effect = subject.Create();
        var first = effect.Parameters.ToArray();
        if (!first.SequenceEqual(subject.Create().Parameters))
            Fail("Two instances have settings that are not the same objects.");
        var line = new Line(effect, subject.Curve);
        line.Run(Signals.Noise(2048));
        line.Reset();
        if (!first.SequenceEqual(effect.Parameters))
            Fail("After a line the settings are not the same objects as before.");
    }
}
