using System.Threading;

namespace R3X.FxHost.TestPlugins;

/// <summary>Leaves a timer behind, which calls it for ever and so keeps it in memory.</summary>
public abstract class LeavesTimer : PassThrough
{
    private static readonly Timer Ticking = new(static _ => s_ticks++, null, 1_000, 1_000);

    private static int s_ticks;

    protected LeavesTimer() => Ticking.Change(500, 1_000);
}
