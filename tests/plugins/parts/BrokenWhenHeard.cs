using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

public abstract class EmitsNanFromBlock5 : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => block[0][^1] = float.NaN;
}

public abstract class ThrowsFromBlock5 : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => throw new BrokenEffectException("This is block 5.");
}
