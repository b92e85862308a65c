namespace R3X.FxHost.Presets;

/// <summary>What of a file changes when its text does, mostly. Times are in ticks, UTC.</summary>
internal readonly record struct FileStamp(long Length, long Written, long Created);
