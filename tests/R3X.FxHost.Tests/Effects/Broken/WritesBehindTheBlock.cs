using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Writes one sample more than the block has, where the block is not full.</summary>
[Breaks(typeof(OnlyTheBlockIsWritten))]
internal sealed class WritesBehindTheBlock : HealthyEffect
{
    public override void Process(AudioBlock block)
    {
        base.Process(block);
        if (block.Frames == 7)
            Unsafe.Add(ref MemoryMarshal.GetReference(block[0]), block.Frames) = 1;
    }
}
