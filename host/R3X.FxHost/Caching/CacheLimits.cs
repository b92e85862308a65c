using System;

namespace R3X.FxHost.Caching;

/// <summary>How much a cache keeps. What was used longest ago goes first.</summary>
public sealed record CacheLimits
{
    /// <summary>256 MB, 90 days, 32 MB an entry.</summary>
    public static CacheLimits Default { get; } = new();

    /// <summary>All entries together, in bytes.</summary>
    public long TotalBytes { get; init; } = 256L << 20;

    /// <summary>How long an entry stays after it was last used.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The largest entry, in bytes: longer lines are spoken and not kept.</summary>
    public int EntryBytes { get; init; } = 32 << 20;
}
