using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Chains;

/// <summary>
/// How a setting moves while a line sounds: what a preset's sentence says, in the setting's own unit. Immutable; two
/// that say the same are equal. Between two ends, settings with a logarithmic curve (Hz, ms) move by equal ratios; all
/// others (dB, %, ratios, bits, and octaves and semitones, which are logarithms already) by equal steps.
/// </summary>
public abstract record Modulation
{
    private protected Modulation()
    {
    }
}

/// <summary>A sine between two values, half way and on its way to the second one at the line's first sample.</summary>
/// <param name="From">One end.</param>
/// <param name="To">The other.</param>
/// <param name="RateHz">Rounds a second.</param>
public sealed record Wobble(double From, double To, double RateHz) : Modulation;

/// <summary>Once from one value to another, beginning with the line; then it stays.</summary>
/// <param name="From">The value at the line's first sample.</param>
/// <param name="To">The value it ends with.</param>
/// <param name="Milliseconds">How long it takes.</param>
public sealed record Sweep(double From, double To, double Milliseconds) : Modulation;

/// <summary>A value drawn once per line from the line's seed, anywhere between two ends.</summary>
/// <param name="From">One end.</param>
/// <param name="To">The other.</param>
public sealed record RandomDraw(double From, double To) : Modulation;

/// <summary>One of several values, drawn once per line from the line's seed.</summary>
/// <param name="Choices">The values, at least two; one that is named twice is drawn twice as often.</param>
public sealed record Pick(IReadOnlyList<double> Choices) : Modulation
{
    /// <inheritdoc/>
    public bool Equals(Pick? other) => other is not null && Choices.SequenceEqual(other.Choices);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Choices.Count == 0 ? 0 : System.HashCode.Combine(Choices.Count, Choices[0], Choices[^1]);
}

/// <summary>
/// Goes with the level of the line as it reaches the chain, in front of every gain and effect: see
/// <see cref="LineLevel"/>.
/// </summary>
/// <param name="From">The value at -50 dBFS and below.</param>
/// <param name="To">The value at -15 dBFS and above.</param>
/// <param name="Milliseconds">The time in which it makes 63 % of a step.</param>
public sealed record FollowLoudness(double From, double To, double Milliseconds) : Modulation;
