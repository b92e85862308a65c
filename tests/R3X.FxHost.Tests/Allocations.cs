using System;

namespace R3X.FxHost.Tests;

/// <summary>What work allocates on its thread.</summary>
internal static class Allocations
{
    private const int Tries = 5;

    /// <summary>
    /// The fewest bytes of a few tries. Work that allocates does so every time; a collection that others cause may
    /// count the rest of this thread's piece of heap to it, now and then.
    /// </summary>
    /// <param name="work">The work, which can be done again and was done before.</param>
    public static long Fewest(Action work) => Fewest(() => Of(work));

    /// <summary>The fewest bytes of a few tries, of which each says what it took.</summary>
    /// <param name="measured">Prepares, and measures with <see cref="Of"/>.</param>
    public static long Fewest(Func<long> measured)
    {
        long fewest = long.MaxValue;
        for (int i = 0; i < Tries && fewest > 0; i++)
            fewest = Math.Min(fewest, measured());
        return fewest;
    }

    /// <summary>The bytes of one time.</summary>
    /// <param name="work">The work.</param>
    public static long Of(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
