using System;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli;

/// <summary>
/// How alike a sound is to a character, in JSON: 1.0 is a recording of the character, more is further away; null for
/// what the sound is too short or too plain for. The whole is <see cref="Sound"/>; pitch and melody are the speaker's
/// and no part of it.
/// </summary>
internal sealed record LikenessRow(
    string Character,
    double? Sound,
    double? Tone,
    double? Metal,
    double? Texture,
    double? RippleDb,
    double? PitchHz,
    double? MelodySemitones)
{
    private const double ReferenceHz = 100;

    public static LikenessRow Of(Character character, LikenessFeatures features)
    {
        LikenessScore score = character.Profile.Score(features);
        return new LikenessRow(
            character.Name,
            AnalysisRow.Finite(score.Sound),
            AnalysisRow.Finite(score.Tone),
            AnalysisRow.Finite(score.Metal),
            AnalysisRow.Finite(score.Texture),
            AnalysisRow.Finite(features.Ripple),
            AnalysisRow.Finite(ReferenceHz * Math.Pow(2, features.Pitch / 12)),
            AnalysisRow.Finite(features.Melody));
    }
}
