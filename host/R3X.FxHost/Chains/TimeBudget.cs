using System;
using System.Globalization;

namespace R3X.FxHost.Chains;

/// <summary>
/// A slot's share of the time. A call may work for 0.6 of the block's own length; four longer ones in a row are too many,
/// after 16 blocks of grace for code that is still being compiled. One call that works for 100 ms is too long at once: the
/// listener hears it. (The policy of native audio hosts, with a floor for tiny blocks.) Time in which the machine gave the
/// thread no processor is not the effect's fault: it counts only when four calls in a row took 100 ms, as those of an
/// effect that waits for something do.
/// </summary>
internal sealed class TimeBudget(ChainSetup setup)
{
    private const int GraceBlocks = 16;
    private const int OverrunsInARow = 4;
    private const double Share = 0.6;

    // Below this, a busy machine's scheduler is the likelier cause than the effect.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);

    private long _blocks;
    private int _overruns;
    private int _waits;

    /// <summary>The time all calls took together.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>When a call starts.</summary>
    public long Start() => setup.Clock.GetTimestamp();

    /// <summary>Takes note of a finished call; says in words what is wrong when the slot has to go, else null.</summary>
    /// <param name="start">When it started.</param>
    /// <param name="frames">The block's length.</param>
    /// <param name="workedBefore">The thread's processor time when the chain began the block; null when unknown.</param>
    public string? Stop(long start, int frames, TimeSpan? workedBefore)
    {
        TimeSpan took = setup.Clock.GetElapsedTime(start);
        Total += took;
        _blocks++;
        var allowed = TimeSpan.FromMilliseconds(Math.Max(Least.TotalMilliseconds, setup.Format.Milliseconds(frames) * Share));
        if (took <= allowed)
        {
            _overruns = 0;
            _waits = 0;
            return null;
        }

        // The other slots of the block worked for far less than a call that overran, so their share does not matter.
        TimeSpan worked = setup.ThreadTime?.Invoke() - workedBefore ?? took;
        _overruns = worked > allowed ? _overruns + 1 : 0;
        _waits = took >= AtOnce ? _waits + 1 : 0;
        bool tooLong = worked >= AtOnce && _blocks > 1;
        bool tooOften = (_overruns >= OverrunsInARow && _blocks > GraceBlocks) || _waits >= OverrunsInARow;
        if (!tooLong && !tooOften)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"took {took.TotalMilliseconds:F1} ms for {setup.Format.Milliseconds(frames):F1} ms of sound{(tooLong ? "" : $", the {OverrunsInARow}th time in a row that it took too long")}");
    }
}
