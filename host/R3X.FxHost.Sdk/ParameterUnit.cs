namespace R3X.FxHost.Sdk;

/// <summary>The unit a parameter's value is in, in presets and in code alike: 35 % is the number 35.</summary>
public enum ParameterUnit
{
    /// <summary>A bare number or count.</summary>
    None,

    /// <summary>Hertz, written <c>100 Hz</c> or <c>4 kHz</c>.</summary>
    Hertz,

    /// <summary>Decibels, written <c>-20 dB</c>.</summary>
    Decibels,

    /// <summary>Milliseconds, written <c>5 ms</c> or <c>0.2 s</c>.</summary>
    Milliseconds,

    /// <summary>Percent, written <c>35%</c>; the value is 35, not 0.35.</summary>
    Percent,

    /// <summary>A ratio to one, written <c>3:1</c>; the value is 3.</summary>
    Ratio,

    /// <summary>Octaves, written <c>2 oct</c>.</summary>
    Octaves,

    /// <summary>Bits, written <c>8 bit</c>.</summary>
    Bits,

    /// <summary>Semitones, written <c>-3 st</c>.</summary>
    Semitones,
}
