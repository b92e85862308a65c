using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

/// <summary>Returns its input and has no settings.</summary>
public abstract class PassThrough : IEffect
{
    public virtual IReadOnlyList<Parameter> Parameters => [];

    public virtual EffectTiming Prepare(EffectSetup setup)
    {
        Reset();
        return EffectTiming.Immediate;
    }

    public virtual void SetParameter(Parameter parameter, double value)
    {
    }

    public virtual void Process(AudioBlock block)
    {
    }

    public virtual void Reset()
    {
    }
}
