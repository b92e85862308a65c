using System;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Effects of which a call has not returned: each keeps a thread, so it is not tried again until that call comes back.
/// Any thread.
/// </summary>
internal static class StuckEffects
{
    // By what makes them, which every line has in common and an effect that is loaded again has not.
    private static readonly ConditionalWeakTable<Func<IEffect>, StuckEffect> Known = [];

    /// <summary>A call has not returned.</summary>
    /// <param name="create">Makes the effect.</param>
    /// <param name="stuck">The call.</param>
    public static void Add(Func<IEffect> create, StuckEffect stuck) => Known.AddOrUpdate(create, stuck);

    /// <summary>The call that has not returned yet; null where there is none.</summary>
    /// <param name="create">Makes the effect.</param>
    public static StuckEffect? Find(Func<IEffect> create) =>
        Known.TryGetValue(create, out StuckEffect? stuck) && !stuck.CameBack ? stuck : null;
}

/// <summary>A call of an effect that has not returned.</summary>
internal sealed class StuckEffect
{
    private volatile bool _cameBack;

    /// <summary>Whether it has by now.</summary>
    public bool CameBack => _cameBack;

    /// <summary>What was called: <c>Process</c>, <c>its constructor</c>.</summary>
    public string Doing { get; set; } = "Process";

    /// <summary>It has.</summary>
    public void Return() => _cameBack = true;
}
