using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Divides by zero at one rate and one setting.</summary>
[Breaks(typeof(StaysFinite))]
internal sealed class BlowsUp : HealthyEffect
{
    protected override float NextGain()
    {
        float gain = base.NextGain();
        return Setup.Format.SampleRate == 22_050 && gain == 1 ? 1 / (1 - gain) : gain;
    }
}
