using System;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Once it has heard something it hums, too softly to count as a tail.</summary>
[Breaks(typeof(SilenceDecays))]
internal sealed class NeverDecays : HealthyEffect
{
    private const float Hum = 1e-6f;
    private readonly bool[] _heard = new bool[8];

    public override void Reset()
    {
        base.Reset();
        Array.Clear(_heard);
    }

    protected override float Frame(float sample, int channel)
    {
        _heard[channel] |= sample != 0;
        return _heard[channel] ? sample + Hum : sample;
    }
}
