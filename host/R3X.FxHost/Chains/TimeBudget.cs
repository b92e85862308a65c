using System;
using System.Globalization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// A slot's share of the time. A call may take 0.6 of the block's own length; four longer ones in a row are too many,
/// after 16 blocks of grace for code that is still being compiled. One call of 100 ms is too long at once: the
/// listener hears it. (The policy of native audio hosts, with a floor for tiny blocks.)
/// </summary>
internal sealed class TimeBudget(AudioFormat format, TimeProvider clock)
{
    private const int GraceBlocks = 16;
    private const int OverrunsInARow = 4;
    private const double Share = 0.6;

    // Below this, a busy machine's scheduler is the likelier cause than the effect.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);

    private long _blocks;
    private int _overruns;

    /// <summary>The time all calls took together.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>When a call starts.</summary>
    public long Start() => clock.GetTimestamp();

    /// <summary>Takes note of a finished call; says in words what is wrong when the slot has to go, else null.</summary>
    public string? Stop(long start, int frames)
    {
        TimeSpan took = clock.GetElapsedTime(start);
        Total += took;
        _blocks++;
        double allowed = Math.Max(Least.TotalMilliseconds, format.Milliseconds(frames) * Share);
        if (took.TotalMilliseconds <= allowed)
        {
            _overruns = 0;
            return null;
        }

        _overruns++;
        bool tooLong = took >= AtOnce && _blocks > 1;
        bool tooOften = _overruns >= OverrunsInARow && _blocks > GraceBlocks;
        if (!tooLong && !tooOften)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"took {took.TotalMilliseconds:F1} ms for {format.Milliseconds(frames):F1} ms of sound{(tooLong ? "" : $", the {_overruns}th time in a row that it took more than {allowed:F1} ms")}");
    }
}
