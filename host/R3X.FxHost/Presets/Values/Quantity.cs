namespace R3X.FxHost.Presets.Values;

/// <summary>What a value measures.</summary>
internal enum Quantity
{
    Number,
    Frequency,
    Level,
    Time,
    Percentage,
    Ratio,
    Width,
    BitDepth,
    Interval,
    Loudness,
}
