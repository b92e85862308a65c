using System;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>Red, green and blue, 0 to 255.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour Paper => new(250, 249, 246);

    public static Colour Panel => new(255, 255, 255);

    public static Colour Ink => new(45, 45, 52);

    public static Colour Faint => new(120, 120, 128);

    public static Colour Grid => new(228, 228, 232);

    /// <summary>The sound that is analysed.</summary>
    public static Colour Wet => new(204, 78, 30);

    /// <summary>What it was made from.</summary>
    public static Colour Dry => new(58, 110, 165);

    /// <summary>The character.</summary>
    public static Colour Character => new(110, 110, 118);

    /// <summary>How far the character's recordings are apart.</summary>
    public static Colour CharacterBand => new(238, 237, 231);

    // Rising in lightness, so that it reads in grey as well.
    private static readonly Colour[] Heat =
        [new(12, 10, 30), new(44, 20, 84), new(104, 28, 110), new(168, 44, 96), new(222, 82, 62), new(248, 146, 48),
            new(252, 208, 90), new(255, 250, 205)];

    /// <summary>From nothing to the most.</summary>
    /// <param name="amount">0 to 1.</param>
    public static Colour OfHeat(double amount)
    {
        double place = Math.Clamp(amount, 0, 1) * (Heat.Length - 1);
        int below = Math.Min((int)place, Heat.Length - 2);
        return Heat[below].Mixed(Heat[below + 1], place - below);
    }

    /// <param name="other">The other colour.</param>
    /// <param name="part">How much of it, 0 to 1.</param>
    public Colour Mixed(Colour other, double part) =>
        new(Mix(Red, other.Red, part), Mix(Green, other.Green, part), Mix(Blue, other.Blue, part));

    private static byte Mix(byte one, byte other, double part) => (byte)Math.Round(one + ((other - one) * part));
}
