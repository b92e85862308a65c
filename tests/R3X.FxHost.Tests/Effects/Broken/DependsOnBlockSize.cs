using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Begins every longer block a little louder.</summary>
[Breaks(typeof(BlocksDoNotMatter))]
internal sealed class DependsOnBlockSize : HealthyEffect
{
    public override void Process(AudioBlock block)
    {
        base.Process(block);
        for (int channel = 0; block.Frames > ParameterGrid.Frames && channel < block.Channels; channel++)
            block[channel][0] *= 1.001f;
    }
}
