using System;

namespace R3X.FxHost.Presets;

/// <summary>What of a file changes when its text does, mostly.</summary>
internal readonly record struct FileStamp(long Length, DateTime Written, DateTime Created);
