using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Begins every block a little louder while it moves.</summary>
[Breaks(typeof(BlocksDoNotMatterInMovement))]
internal sealed class DependsOnBlockSizeInMovement : HealthyEffect
{
    public override void Process(AudioBlock block)
    {
        float louder = IsMoving ? 1.00001f : 1;
        base.Process(block);
        for (int channel = 0; channel < block.Channels; channel++)
            block[channel][0] *= louder;
    }
}
