using System;
using System.Globalization;

namespace R3X.FxHost.Chains;

/// <summary>
/// A slot's share of the time. A call may work for 0.6 of the block's own length; four longer ones in a row are too
/// many, after 16 blocks of grace for code that is still being compiled. One call that works for 100 ms is too long at
/// once: the listener hears it. (The policy of native audio hosts, with a floor for tiny blocks.) Time in which the
/// machine gave the thread no processor is not the effect's fault: it counts only when four calls in a row took 100 ms,
/// as those of an effect that waits for something do. Of blocks so small that not all of them are timed slot by slot
/// (<see cref="SlotTimer"/>), a slow one that was not has those timed that follow the next timed one.
/// </summary>
internal sealed class TimeBudget(ChainSetup setup, SlotTimer timer)
{
    private const int GraceBlocks = 16;
    private const int OverrunsInARow = 4;
    private const double Share = 0.6;

    /// <summary>Below this, a busy machine's scheduler is the likelier cause than the effect.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);

    private readonly long _least = SlotTimer.Ticks(setup.Clock, Least);
    private long _blocks;
    private double _total;
    private int _overruns;
    private int _waits;

    /// <summary>The time all calls took together, with the little that the guard did around them; those that were not
    /// timed as long as the next.</summary>
    public TimeSpan Total => timer.Time(_total);

    /// <summary>Takes note of a call that just ended and was timed; says in words what is wrong when the slot has to
    /// go, else null.</summary>
    /// <param name="frames">The block's length.</param>
    public string? Stop(int frames)
    {
        _blocks++;
        long ticks = timer.Next();
        _total += (double)ticks * timer.Frames / frames;
        TimeSpan took = ticks <= _least ? TimeSpan.Zero : timer.Time(ticks);
        if (took.TotalMilliseconds <= setup.Format.Milliseconds(frames) * Share)
        {
            _overruns = 0;
            _waits = 0;
            return null;
        }

        return Overran(took, frames);
    }

    private string? Overran(TimeSpan took, int frames)
    {
        // The other slots of the block worked for far less than a call that overran, so their share does not matter.
        TimeSpan worked = timer.Worked(took);
        bool late = worked > Least && worked.TotalMilliseconds > setup.Format.Milliseconds(frames) * Share;
        _overruns = late ? _overruns + 1 : 0;
        _waits = took >= AtOnce ? _waits + 1 : 0;
        bool tooLong = worked >= AtOnce && _blocks > 1;
        bool tooOften = (_overruns >= OverrunsInARow && _blocks > GraceBlocks) || _waits >= OverrunsInARow;
        if (!tooLong && !tooOften)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"took {took.TotalMilliseconds:F1} ms for {setup.Format.Milliseconds(frames):F1} ms of "
                + $"sound{(tooLong ? "" : $", the {OverrunsInARow}th time in a row that it took too long")}");
    }
}
