using System;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// How far a sound is from a character, whole and in parts: 1.0 is what a recording of the character scores against
/// the others, more is further away. NaN for what was not measured.
/// </summary>
public sealed record LikenessScore
{
    // A drawn-out judgement of many voices: colour says most; the rest is there lest it be spoilt.
    private const double ToneWeight = 0.6;
    private const double MetalWeight = 0.2;
    private const double TextureWeight = 0.2;

    /// <summary>
    /// The whole: sqrt(0.6 tone^2 + 0.2 metal^2 + 0.2 texture^2) before each is divided by the profile's unit.
    /// </summary>
    public required double Sound { get; init; }

    /// <summary>The colour: what an equaliser can do.</summary>
    public required double Tone { get; init; }

    /// <summary>The tube: what a comb can do.</summary>
    public required double Metal { get; init; }

    /// <summary>Crest, level spread, hum and decay: what an effect can spoil.</summary>
    public required double Texture { get; init; }

    /// <summary>Pitch and melody, the speaker's own: no part of <see cref="Sound"/>.</summary>
    public required double Voice { get; init; }

    /// <summary>The score of deviations, before it is divided by a unit.</summary>
    /// <param name="deviations">In spreads, as <see cref="CharacterProfile.Deviations"/> gives them.</param>
    internal static LikenessScore OfDeviations(LikenessFeatures deviations)
    {
        double tone = Rms([.. deviations.Tone]);
        double metal = Math.Abs(deviations.Ripple);
        double texture = Rms(deviations.Crest, deviations.LevelSpread, deviations.Hum, deviations.Decay);
        return new LikenessScore
        {
            Sound = Math.Sqrt(
                (ToneWeight * tone * tone) + (MetalWeight * metal * metal) + (TextureWeight * texture * texture)),
            Tone = tone,
            Metal = metal,
            Texture = texture,
            Voice = Rms(deviations.Pitch, deviations.Melody),
        };
    }

    /// <summary>Each figure divided by that of a unit.</summary>
    internal LikenessScore Over(LikenessScore unit) => new()
    {
        Sound = Sound / unit.Sound,
        Tone = Tone / unit.Tone,
        Metal = Metal / unit.Metal,
        Texture = Texture / unit.Texture,
        Voice = Voice / unit.Voice,
    };

    // Of those that were measured.
    private static double Rms(params ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                continue;
            sum += value * value;
            count++;
        }

        return count == 0 ? double.NaN : Math.Sqrt(sum / count);
    }
}
