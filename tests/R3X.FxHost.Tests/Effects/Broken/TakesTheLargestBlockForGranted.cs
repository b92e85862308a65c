using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Is a little softer where blocks are to be small.</summary>
[Breaks(typeof(EveryFormatIsTaken))]
internal sealed class TakesTheLargestBlockForGranted : HealthyEffect
{
    protected override float Frame(float sample, int channel) => Setup.MaxFrames < 1024 ? 0.99f * sample : sample;
}
