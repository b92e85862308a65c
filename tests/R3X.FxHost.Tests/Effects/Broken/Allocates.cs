using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Makes an array in every block.</summary>
[Breaks(typeof(NothingIsAllocated))]
internal sealed class Allocates : HealthyEffect
{
    private float[] _scratch = [];

    public int ScratchFrames => _scratch.Length;

    public override void Process(AudioBlock block)
    {
        _scratch = new float[block.Frames];
        base.Process(block);
    }
}
