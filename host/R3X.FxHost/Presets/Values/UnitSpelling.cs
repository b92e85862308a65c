using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>One way to write a unit.</summary>
/// <param name="Shift">The power of ten that takes its number to the quantity's base unit (Hz, ms, %).</param>
/// <param name="IsProper">Whether presets are written so; the others are only understood in order to say how.</param>
internal sealed record UnitSpelling(string Text, Quantity Quantity, int Shift = 0, bool IsProper = true)
{
    private static readonly UnitSpelling[] All =
    [
        new("", Quantity.Number),
        new("Hz", Quantity.Frequency),
        new("kHz", Quantity.Frequency, 3),
        new("dB", Quantity.Level),
        new("ms", Quantity.Time),
        new("s", Quantity.Time, 3),
        new("%", Quantity.Percentage),
        new(":1", Quantity.Ratio),
        new("oct", Quantity.Width),
        new("bit", Quantity.BitDepth),
        new("st", Quantity.Interval),
        new("LUFS", Quantity.Loudness),
        new("MB", Quantity.Memory),
        new("GB", Quantity.Memory, 3),
        new("hertz", Quantity.Frequency, 0, false),
        new("k", Quantity.Frequency, 3, false),
        new("kilohertz", Quantity.Frequency, 3, false),
        new("decibel", Quantity.Level, 0, false),
        new("decibels", Quantity.Level, 0, false),
        new("dBFS", Quantity.Level, 0, false),
        new("msec", Quantity.Time, 0, false),
        new("millisecond", Quantity.Time, 0, false),
        new("milliseconds", Quantity.Time, 0, false),
        new("sec", Quantity.Time, 3, false),
        new("secs", Quantity.Time, 3, false),
        new("second", Quantity.Time, 3, false),
        new("seconds", Quantity.Time, 3, false),
        new("us", Quantity.Time, -3, false),
        new("µs", Quantity.Time, -3, false),
        new("μs", Quantity.Time, -3, false),
        new("percent", Quantity.Percentage, 0, false),
        new("per cent", Quantity.Percentage, 0, false),
        new("pct", Quantity.Percentage, 0, false),
        new("to 1", Quantity.Ratio, 0, false),
        new("octave", Quantity.Width, 0, false),
        new("octaves", Quantity.Width, 0, false),
        new("bits", Quantity.BitDepth, 0, false),
        new("semitone", Quantity.Interval, 0, false),
        new("semitones", Quantity.Interval, 0, false),
        new("LKFS", Quantity.Loudness, 0, false),
    ];

    /// <summary>The unit written so, in any case, or null.</summary>
    public static UnitSpelling? Find(string text)
    {
        foreach (UnitSpelling unit in All)
        {
            if (unit.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
                return unit;
        }

        return null;
    }

    /// <summary>The proper spellings for a quantity, the base unit first.</summary>
    public static ReadOnlySpan<UnitSpelling> ProperFor(Quantity quantity)
    {
        int first = 0;
        while (All[first].Quantity != quantity)
            first++;
        int end = first;
        while (All[end].Quantity == quantity && All[end].IsProper)
            end++;
        return All.AsSpan(first, end - first);
    }

    /// <summary>What a value of that kind is called, with its article.</summary>
    public static string NounOf(Quantity quantity) => quantity switch
    {
        Quantity.Frequency => "a frequency",
        Quantity.Level => "a level",
        Quantity.Time => "a time",
        Quantity.Percentage => "a percentage",
        Quantity.Ratio => "a ratio",
        Quantity.Width => "a width in octaves",
        Quantity.BitDepth => "a number of bits",
        Quantity.Interval => "an interval in semitones",
        Quantity.Loudness => "a loudness",
        Quantity.Memory => "an amount of memory",
        _ => "a plain number",
    };

    /// <summary>What a parameter's unit measures.</summary>
    public static Quantity QuantityOf(ParameterUnit unit) => unit switch
    {
        ParameterUnit.Hertz => Quantity.Frequency,
        ParameterUnit.Decibels => Quantity.Level,
        ParameterUnit.Milliseconds => Quantity.Time,
        ParameterUnit.Percent => Quantity.Percentage,
        ParameterUnit.Ratio => Quantity.Ratio,
        ParameterUnit.Octaves => Quantity.Width,
        ParameterUnit.Bits => Quantity.BitDepth,
        ParameterUnit.Semitones => Quantity.Interval,
        _ => Quantity.Number,
    };
}

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
    Memory,
}
