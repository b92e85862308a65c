using R3X.FxHost.Sdk;

[assembly: Effect("endless-tail", "Says that it sounds on for ever", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class EndlessTail : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup) => new(0, int.MaxValue);
}
