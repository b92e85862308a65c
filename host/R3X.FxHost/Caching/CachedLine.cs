using System;

namespace R3X.FxHost.Caching;

/// <summary>A line that is kept.</summary>
/// <param name="Key">Its caller's key.</param>
/// <param name="InputFormat">What its bytes are; null where they tell themselves.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="LastUsed">When it was last found or kept.</param>
public sealed record CachedLine(string Key, string? InputFormat, long Bytes, DateTimeOffset LastUsed);
