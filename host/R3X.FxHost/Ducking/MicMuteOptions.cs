using System;

namespace R3X.FxHost.Ducking;

/// <summary>When whoever records the microphone should not believe it: the droid would hear itself.</summary>
public sealed record MicMuteOptions
{
    private readonly double _hold = 300;
    private readonly double _margin;
    private readonly double _ahead = 20;

    /// <summary>The settings nobody chose.</summary>
    public static MicMuteOptions Default { get; } = new();

    /// <summary>How long the microphone stays muted behind the last sound, in milliseconds, 0 to 60,000: shorter gaps
    /// do not open it.</summary>
    public double HoldMilliseconds
    {
        get => _hold;
        init => _hold = Within(value, 60_000, nameof(HoldMilliseconds));
    }

    /// <summary>
    /// What a loudspeaker takes that the device does not know of, in milliseconds, 0 to 10,000: a wireless one's
    /// buffer, the echo of a hall. It comes on top of the hold.
    /// </summary>
    public double MarginMilliseconds
    {
        get => _margin;
        init => _margin = Within(value, 10_000, nameof(MarginMilliseconds));
    }

    /// <summary>
    /// How long before the first sound the microphone is muted, in milliseconds, 0 to 1,000; as far as the device's
    /// buffer allows, because the voice does not wait for it.
    /// </summary>
    public double AheadMilliseconds
    {
        get => _ahead;
        init => _ahead = Within(value, 1_000, nameof(AheadMilliseconds));
    }

    private static double Within(double value, double highest, string name) => value >= 0 && value <= highest
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} goes from 0 to {highest}.");
}
