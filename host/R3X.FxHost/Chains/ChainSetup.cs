using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>What a chain is prepared for.</summary>
/// <param name="Format">The line's rate (8 to 96 kHz) and channels.</param>
public sealed record ChainSetup(AudioFormat Format)
{
    /// <summary>The most frames <see cref="Chain.Process"/> takes at once, unless a setup says otherwise.</summary>
    public const int MaxBlockFrames = 1024;

    /// <summary>The largest block that will come.</summary>
    public int MaxFrames { get; init; } = MaxBlockFrames;

    /// <summary>
    /// How many blocks of <see cref="MaxFrames"/> the chain takes at once; effects see them one by one. More than one
    /// spares a line that nobody waits for most of the hand-overs to the thread that is watched.
    /// </summary>
    internal int PiecesAtOnce { get; init; } = 1;

    /// <summary>
    /// Whether effects work on a thread of their own, so that the line goes on without one that never returns. What is
    /// passed on by <see cref="OnFault"/> comes from that thread.
    /// </summary>
    internal bool IsWatched { get; init; }

    /// <summary>The line's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told of each fault, once, on the thread that met it. Must not throw or block.</summary>
    internal Action<SlotFault>? OnFault { get; init; }

    /// <summary>The host's memory of faults; null for a chain on its own.</summary>
    internal Quarantine? Quarantine { get; init; }

    /// <summary>The gain in front of the first slot.</summary>
    internal ChainGain Reference { get; init; } = new(0);

    /// <summary>The gain at <see cref="ChainPlan.MatchPoint"/>.</summary>
    internal ChainGain Match { get; init; } = new(0);

    /// <summary>
    /// Whether the gains bring the line to a loudness: then a constant is taken off the line in front of <see
    /// cref="Reference"/> (DC, with a high-pass at 5 Hz), unless that is 0 dB and stays so, and the last limiter keeps
    /// its full strength whatever the amount is, else it leaves with the last of the chain.
    /// </summary>
    internal bool IsLevelled { get; init; }

    /// <summary>
    /// Whether the line is only measured: then faults are neither recorded nor reported, because the line itself will
    /// meet them. All but that of an effect that did not return, which the line will not try again.
    /// </summary>
    internal bool IsDryRun { get; init; }

    /// <summary>The same for a line that is only measured.</summary>
    internal ChainSetup ForDryRun => this with { IsDryRun = true };

    /// <summary>The clock slots are timed by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// The processor time the calling thread has used, so that a busy machine is not taken for a slow effect, nor is
    /// the runtime where it compiles an effect's code. With null, or where it gives null, the clock decides alone.
    /// </summary>
    public Func<TimeSpan?>? ThreadTime { get; init; } = SlotTimer.ThreadTime;
}
