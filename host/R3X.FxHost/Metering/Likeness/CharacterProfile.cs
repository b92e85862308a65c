using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>What is typical of a character's recordings, to measure how alike another sound is. Immutable.</summary>
public sealed record CharacterProfile
{
    // A single figure beyond so many spreads is as wrong as it gets.
    private const double MostSpreads = 4;

    private static readonly Lazy<CharacterProfile> OfDjRex = new(ReadDjRex);

    /// <summary>DJ R-3X: 21 recordings, 114 s.</summary>
    public static CharacterProfile DjRex => OfDjRex.Value;

    /// <summary>What the profile was made from, in words; empty where nobody said.</summary>
    public string About { get; init; } = "";

    /// <summary>How many pieces of recordings it was made from; null where nobody said.</summary>
    public int? Pieces { get; init; }

    /// <summary>
    /// The delay of the character's tube in ms: ripples have their peaks at the multiples of 1 / this.
    /// </summary>
    public required double RippleMs { get; init; }

    /// <summary>The median of every figure over the recordings.</summary>
    public required LikenessFeatures Median { get; init; }

    /// <summary>The standard deviation of every figure over the recordings; above 0.</summary>
    public required LikenessFeatures Spread { get; init; }

    /// <summary>
    /// What a recording of the character scores against the others in the median, before it is divided by this.
    /// </summary>
    public required LikenessScore Unit { get; init; }

    /// <summary>The spectrum in third octaves, for pictures; empty where the file has none.</summary>
    public IReadOnlyList<BandLevel> ThirdOctaves { get; init; } = [];

    /// <summary>Reads a profile, as <see cref="Write"/> or <c>likeness.py --build</c> writes it.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="InvalidDataException">It is no profile; the message says what is missing.</exception>
    public static CharacterProfile Read(Stream json) => ProfileJson.Read(json);

    /// <summary>Writes the profile as JSON.</summary>
    /// <param name="json">The file.</param>
    public void Write(Stream json) => ProfileJson.Write(this, json);

    /// <summary>How alike a sound is to the character.</summary>
    /// <param name="features">Measured with this profile's <see cref="RippleMs"/>.</param>
    public LikenessScore Score(LikenessFeatures features) =>
        LikenessScore.OfDeviations(Deviations(features)).Over(Unit);

    /// <summary>
    /// How far each figure is from the median, in spreads, at most 4 of them; NaN for what was not measured.
    /// </summary>
    /// <param name="features">Measured with this profile's <see cref="RippleMs"/>.</param>
    public LikenessFeatures Deviations(LikenessFeatures features) => new()
    {
        Tone = [.. features.Tone.Select((level, band) => Deviation(level, Median.Tone[band], Spread.Tone[band]))],
        Ripple = Deviation(features.Ripple, Median.Ripple, Spread.Ripple),
        Crest = Deviation(features.Crest, Median.Crest, Spread.Crest),
        LevelSpread = Deviation(features.LevelSpread, Median.LevelSpread, Spread.LevelSpread),
        Hum = Deviation(features.Hum, Median.Hum, Spread.Hum),
        Decay = Deviation(features.Decay, Median.Decay, Spread.Decay),
        Pitch = Deviation(features.Pitch, Median.Pitch, Spread.Pitch),
        Melody = Deviation(features.Melody, Median.Melody, Spread.Melody),
    };

    private static double Deviation(double value, double median, double spread) =>
        Math.Clamp((value - median) / spread, -MostSpreads, MostSpreads);

    private static CharacterProfile ReadDjRex()
    {
        using Stream json = typeof(CharacterProfile).Assembly.GetManifestResourceStream("dj-r3x.json")
            ?? throw new InvalidOperationException("The profile of DJ R-3X is missing from the assembly.");
        return Read(json) with { Pieces = 21 };
    }
}
