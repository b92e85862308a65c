using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

/// <summary>Returns its input for four blocks after Prepare or Reset, and misbehaves on every later one.</summary>
public abstract class MisbehavesFromBlock5 : PassThrough
{
    private int _blocks;

    public override void Process(AudioBlock block)
    {
        if (++_blocks >= 5)
            Misbehave(block);
    }

    public override void Reset() => _blocks = 0;

    protected abstract void Misbehave(AudioBlock block);
}
