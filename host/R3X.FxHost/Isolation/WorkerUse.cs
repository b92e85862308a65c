using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Isolation;

/// <summary>What a worker takes, look by look, against what it may.</summary>
/// <param name="limits">What it may.</param>
internal sealed class WorkerUse(WorkerLimits limits)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    // Processor time is judged over so many looks: two seconds.
    private const int Looks = 8;

    private readonly Queue<(long At, TimeSpan Spare)> _before = new();

    /// <summary>Looks once more.</summary>
    /// <param name="bytes">What it has in memory.</param>
    /// <param name="worked">The processor time it has used.</param>
    /// <param name="asked">The time blocks took that it was given.</param>
    /// <returns>The limit it is over, if it is.</returns>
    public RemoteFault? Look(long bytes, TimeSpan worked, TimeSpan asked)
    {
        if (bytes > limits.MemoryMegabytes * Megabyte)
        {
            return new RemoteFault(FaultCause.OverLimit, string.Create(CultureInfo.InvariantCulture,
                $"took {bytes / Megabyte:0} MB of memory, more than the {limits.MemoryMegabytes:0} MB that its process "
                    + $"may (isolation: memory in host.yaml)"));
        }

        long now = Stopwatch.GetTimestamp();
        TimeSpan spare = worked - asked;
        _before.Enqueue((now, spare));
        if (_before.Count <= Looks)
            return null;
        (long at, TimeSpan before) = _before.Dequeue();
        double percent = (spare - before) / Stopwatch.GetElapsedTime(at, now) * 100;
        return percent <= limits.ProcessorPercent ? null : new RemoteFault(
            FaultCause.OverLimit, string.Create(CultureInfo.InvariantCulture,
                $"used {percent:0} % of a processor besides its blocks, more than the {limits.ProcessorPercent:0} % "
                    + $"that its process may (isolation: processor in host.yaml)"));
    }
}
