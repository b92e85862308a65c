using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>What the slots of one chain that one thread works on use one after the other.</summary>
internal sealed class SlotsShare(ChainSetup setup)
{
    // 16 KB: four channels of the usual block.
    private const int MostOnStack = 4_096;

    /// <summary>Times their calls.</summary>
    public SlotTimer Timer { get; } = new(setup);

    /// <summary>Keeps what the slot at work was given; null where blocks are small enough for that to lie on the stack.</summary>
    public AudioBuffer? Kept { get; } = setup.Format.Channels * setup.MaxFrames <= MostOnStack ? null : new AudioBuffer(setup.Format.Channels, setup.MaxFrames);
}
