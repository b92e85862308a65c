using R3X.FxHost.Sdk;

[assembly: Effect("false-latency", "Says that it is half a second late, and is not", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class FalseLatency : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup) => new(setup.Format.SampleRate / 2, 0);
}
