using System;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// What a fit comes close to. The cost is the square of the likeness score before it is divided by the profile's unit,
/// but for figures far off, which count in proportion: the score itself gives them up.
/// </summary>
/// <param name="profile">The character.</param>
internal sealed class MatchTarget(CharacterProfile profile)
{
    private const double Far = 4;

    // Where the profile does not say of how many recordings it was made.
    private const int UsualPieces = 12;

    private readonly double[] _toneSpread = [.. profile.Spread.Tone];
    private readonly double[] _texture = TextureOf(profile.Median);
    private readonly double[] _textureSpread = TextureOf(profile.Spread);

    /// <summary>Median level of each band, in dB.</summary>
    public double[] Tone { get; } = [.. profile.Median.Tone];

    /// <summary>The median, in dB, of the ripple at <see cref="RippleMs"/>.</summary>
    public double Ripple => profile.Median.Ripple;

    /// <summary>The delay at which ripple is measured.</summary>
    public double RippleMs => profile.RippleMs;

    /// <summary>The likeness of a sound.</summary>
    public double Score(LikenessFeatures sound) => profile.Score(sound).Sound;

    /// <summary>How far a sound's colour and tube are from the character's.</summary>
    public double ColourCost(double[] tone, double ripple)
    {
        double sum = 0;
        for (int i = 0; i < tone.Length; i++)
            sum += Bent((tone[i] - Tone[i]) / _toneSpread[i]);
        return (0.6 * sum / tone.Length) + (0.2 * Bent((ripple - Ripple) / profile.Spread.Ripple));
    }

    /// <summary>How far its texture is; what could not be measured is left out.</summary>
    public double TextureCost(LikenessFeatures sound)
    {
        double[] squares = [.. TextureOf(sound)
            .Select((value, i) => Bent((value - _texture[i]) / _textureSpread[i])).Where(double.IsFinite)];
        return squares.Length == 0 ? 0 : 0.2 * squares.Average();
    }

    /// <summary>What the recordings' own variety lets the median of a band be wrong by, in dB.</summary>
    public double ErrorOf(int band) =>
        1.25 * _toneSpread[band] / Math.Sqrt(Math.Max(1, profile.Pieces ?? UsualPieces));

    private static double[] TextureOf(LikenessFeatures sound) =>
        [sound.Crest, sound.LevelSpread, sound.Hum, sound.Decay];

    private static double Bent(double z) => Math.Abs(z) <= Far ? z * z : (2 * Far * Math.Abs(z)) - (Far * Far);
}
