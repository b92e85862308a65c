using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// What likeness to a character is judged by, measured on one sound whatever its level. A figure that the sound is too
/// short or too plain for is NaN. Immutable.
/// </summary>
public sealed record LikenessFeatures
{
    /// <summary>The level of each of 23 bands from 223 Hz to 8.56 kHz in dB, their mean 0 dB.</summary>
    public required IReadOnlyList<double> Tone { get; init; }

    /// <summary>
    /// The amplitude in dB of a ripple over frequency with peaks at the multiples of 1 / the tube's delay.
    /// </summary>
    public required double Ripple { get; init; }

    /// <summary>The highest magnitudes (99.9th percentile) over the RMS in dB, pauses left out.</summary>
    public double Crest { get; init; } = double.NaN;

    /// <summary>How far loud stretches (95th percentile) are above the median in dB, pauses left out.</summary>
    public double LevelSpread { get; init; } = double.NaN;

    /// <summary>How far the strongest line from 20 to 120 Hz stands out of the voice's envelope, in dB.</summary>
    public double Hum { get; init; } = double.NaN;

    /// <summary>How long the voice takes to fall by 60 dB, in seconds.</summary>
    public double Decay { get; init; } = double.NaN;

    /// <summary>The median pitch in semitones above 100 Hz: the speaker's own.</summary>
    public double Pitch { get; init; } = double.NaN;

    /// <summary>The standard deviation of the pitch in semitones: the speaker's own.</summary>
    public double Melody { get; init; } = double.NaN;

    /// <summary>Measures a sound.</summary>
    /// <param name="samples">One channel, full scale at 1.0; every channel's mean for more. What is no number counts
    /// as silence.</param>
    /// <param name="sampleRate">Frames per second, 1,000 to 192,000.</param>
    /// <param name="tubeMs">The delay of the character's tube in ms: <see cref="CharacterProfile.RippleMs"/>.</param>
    /// <returns>Null when there is no sound in it. Two seconds of speech or more are worth judging.</returns>
    public static LikenessFeatures? Of(ReadOnlySpan<float> samples, int sampleRate, double tubeMs)
    {
        double[] sound = LikenessSound.Of(samples, sampleRate);
        return OfColour(PowerFrames.OfSpeech(sound), tubeMs)?.WithTexture(sound).WithVoice(sound);
    }

    /// <summary>
    /// Tone and ripple alone: what an equaliser and a comb can change, and the cheapest to measure. Null without
    /// frames.
    /// </summary>
    /// <param name="speech">Frames that carry speech.</param>
    /// <param name="tubeMs">The delay of the character's tube in ms.</param>
    internal static LikenessFeatures? OfColour(PowerFrames speech, double tubeMs) => speech.Count == 0
        ? null
        : new() { Tone = ToneBands.Of(speech), Ripple = TubeRipple.Of(speech, tubeMs) };

    /// <summary>These and what drive, compression, modulation and rooms change.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    internal LikenessFeatures WithTexture(double[] sound)
    {
        (double crest, double spread) = BlockLevels.Of(sound);
        return this with
        {
            Crest = crest,
            LevelSpread = spread,
            Hum = Metering.Likeness.Hum.Of(sound),
            Decay = Metering.Likeness.Decay.Of(sound),
        };
    }

    /// <summary>These and the speaker's pitch and melody, which no score of the sound counts.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    internal LikenessFeatures WithVoice(double[] sound)
    {
        (double pitch, double melody) = VoicePitch.Of(sound);
        return this with { Pitch = pitch, Melody = melody };
    }
}
