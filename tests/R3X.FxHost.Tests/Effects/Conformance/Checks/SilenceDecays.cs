using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>When nothing more comes, the output becomes exactly 0; when nothing ever came it is 0 from the
/// start.</summary>
internal sealed class SilenceDecays : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        var line = subject.Line();
        Assert.All(line.Run(new float[4096]), s => Assert.Equal(0, s));
        line.Run(Signals.Noise(Rate / 2));
        line.Run(new float[6 * Rate]);
        Assert.All(line.Run(new float[4096]), s => Assert.Equal(0, s));
    }
}
