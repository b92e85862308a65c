using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>What the slots of one chain that one thread works on use one after the other.</summary>
internal sealed class SlotsShare(ChainSetup setup)
{
    // Of each of both: 16 KB, four channels of the usual block.
    private const int MostOnStack = 4_096;

    /// <summary>Times their calls.</summary>
    public SlotTimer Timer { get; } = new(setup);

    /// <summary>
    /// Memory for what the slot at work was given and what it gave, two blocks in a row; empty where they are small enough for the stack.
    /// </summary>
    public float[] Blocks { get; } = setup.Format.Channels * setup.MaxFrames <= MostOnStack ? [] : new float[2 * setup.Format.Channels * (setup.MaxFrames + StackMemory.Spare)];
}
