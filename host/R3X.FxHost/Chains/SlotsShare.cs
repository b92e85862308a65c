using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

/// <summary>What the slots of one chain use one after the other.</summary>
internal sealed class SlotsShare(ChainSetup setup)
{
    /// <summary>Times their calls.</summary>
    public SlotTimer Timer { get; } = new(setup);

    /// <summary>Whether there is a constant in what leaves the chain, and it is sought which slot adds it.</summary>
    public bool SeeksOffset { get; set; }

    /// <summary>Whether the line is over: what is processed then is heard and metered by nobody.</summary>
    public bool IsOver { get; set; }

    /// <summary>The watched work that they are part of; null where nobody watches.</summary>
    public WatchedWork? Work { get; set; }
}
