using System;

namespace R3X.FxHost.Lights;

/// <summary>
/// A droid's own scale: what number its lights get for a level. The RMS times <see cref="Gain"/>, at most the whole
/// range, moved to by attack and release, bent by gamma, rounded. The same holds for each band.
/// </summary>
public sealed record LightScale
{
    private readonly double _gain = 800;
    private readonly double _attack;
    private readonly double _release;
    private readonly double _gamma = 1;

    /// <summary>0 to 255 and the RMS times 800, at once: what droid builds do.</summary>
    public static LightScale Usual { get; } = new();

    /// <summary>The number that stands for darkness.</summary>
    public int Lowest { get; init; }

    /// <summary>The number that stands for full light; below <see cref="Lowest"/> for lights that work upside
    /// down.</summary>
    public int Highest { get; init; } = 255;

    /// <summary>
    /// Numbers per full scale of RMS, above 0: with 800, an RMS of 0.32 (-10 dBFS) is full light on a scale of 255, and
    /// speech as the presets make it moves in the upper half.
    /// </summary>
    public double Gain
    {
        get => _gain;
        init => _gain = double.IsFinite(value) && value > 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Gain), value, "A gain is above 0; the usual one is 800.");
    }

    /// <summary>The gain of each band in place of <see cref="Gain"/>; a band holds a third of a voice's level or less.
    /// Null takes twice the gain.</summary>
    public double? BandGain { get; init; }

    /// <summary>Below this RMS, in dBFS, the light goes out: so that breath and room do not flicker. Negative infinity
    /// lets everything through.</summary>
    public double GateDb { get; init; } = double.NegativeInfinity;

    /// <summary>How long the light takes from darkness to full, in milliseconds, at a steady pace; 0 is at
    /// once.</summary>
    public double AttackMilliseconds
    {
        get => _attack;
        init => _attack = NotNegative(value, nameof(AttackMilliseconds));
    }

    /// <summary>How long the light takes from full to darkness, in milliseconds, at a steady pace; 0 is at
    /// once.</summary>
    public double ReleaseMilliseconds
    {
        get => _release;
        init => _release = NotNegative(value, nameof(ReleaseMilliseconds));
    }

    /// <summary>
    /// The brightness to the power of this is what the light gets: 1 leaves it; 2.2 makes an LED, whose half power
    /// looks almost full, move as the eye sees it. 0.1 to 10.
    /// </summary>
    public double Gamma
    {
        get => _gamma;
        init => _gamma = value is >= 0.1 and <= 10 ? value : throw new ArgumentOutOfRangeException(
            nameof(Gamma), value, "A gamma lies from 0.1 to 10; 1 changes nothing.");
    }

    private static double NotNegative(double milliseconds, string name) => double.IsFinite(milliseconds)
        && milliseconds >= 0
        ? milliseconds
        : throw new ArgumentOutOfRangeException(name, milliseconds, "A time in milliseconds is 0 or more.");
}
