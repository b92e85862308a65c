namespace R3X.FxHost.Chains;

/// <summary>What the slots of one chain use one after the other.</summary>
internal sealed class SlotsShare(ChainSetup setup)
{
    /// <summary>Times their calls.</summary>
    public SlotTimer Timer { get; } = new(setup);

    /// <summary>Keeps what the slot at work was given.</summary>
    public SlotInput Input { get; } = new(setup);
}
