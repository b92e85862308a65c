using System;

namespace R3X.FxHost.Ducking;

/// <summary>How music gets out of a voice's way: how far, how fast, and for how long.</summary>
public sealed record DuckingOptions
{
    private readonly double _target = -12;
    private readonly double _fade = 500;
    private readonly double _hold = 600;
    private readonly double _lead;

    /// <summary>The settings nobody chose.</summary>
    public static DuckingOptions Default { get; } = new();

    /// <summary>How far music is turned down, in dB, -60 to 0.</summary>
    public double TargetDb
    {
        get => _target;
        init => _target = Within(value, -60, 0, nameof(TargetDb));
    }

    /// <summary>How long it takes down and up again, in milliseconds, 0 to 10,000. The fade is even in dB.</summary>
    public double FadeMilliseconds
    {
        get => _fade;
        init => _fade = Within(value, 0, 10_000, nameof(FadeMilliseconds));
    }

    /// <summary>
    /// How long music stays down behind the last sound, in milliseconds, 0 to 60,000. Lines that follow each other
    /// within it are one: the music does not pump between them.
    /// </summary>
    public double HoldMilliseconds
    {
        get => _hold;
        init => _hold = Within(value, 0, 60_000, nameof(HoldMilliseconds));
    }

    /// <summary>
    /// How long before the first sound the fade begins, in milliseconds, 0 to 10,000. The voice waits for it, unless
    /// music is down already. With 0 nobody waits: the fade begins with the voice.
    /// </summary>
    public double LeadMilliseconds
    {
        get => _lead;
        init => _lead = Within(value, 0, 10_000, nameof(LeadMilliseconds));
    }

    private static double Within(double value, double lowest, double highest, string name) => value >= lowest
        && value <= highest
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} goes from {lowest} to {highest}.");
}
