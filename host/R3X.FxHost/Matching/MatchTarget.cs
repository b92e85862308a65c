using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// What a fit comes close to: the character's figures, with spreads that a few recordings cannot make too small. The
/// cost is the square of the likeness score, but for figures far off, which count in proportion: the score itself
/// gives them up.
/// </summary>
internal sealed class MatchTarget
{
    // What characters vary by, for so many recordings as if they had been measured as well.
    private const double UsualPieces = 4;
    private const double UsualToneSpread = 2.8;
    private const double UsualRippleSpread = 1;
    private const double Far = 4;

    private static readonly double[] UsualTextureSpreads = [1.3, 2.4, 1.5, 0.03];

    private readonly double[] _toneSpread;
    private readonly double _rippleSpread;
    private readonly double[] _textureSpread;

    /// <param name="tone">Median level of each band, in dB.</param>
    /// <param name="toneSpread">Its spread.</param>
    /// <param name="rippleMs">The delay at which ripple is measured.</param>
    /// <param name="ripple">Median and spread, in dB.</param>
    /// <param name="texture">Medians and spreads of crest, level spread, hum and decay.</param>
    /// <param name="pieces">How many recordings they come from.</param>
    public MatchTarget(
        double[] tone,
        double[] toneSpread,
        double rippleMs,
        (double Median, double Spread) ripple,
        IReadOnlyList<(double Median, double Spread)> texture,
        int pieces)
    {
        Tone = tone;
        RippleMs = rippleMs;
        Ripple = ripple.Median;
        Texture = [.. texture.Select(figure => figure.Median)];
        Pieces = pieces;
        _toneSpread = [.. toneSpread.Select(spread => Steadied(spread, UsualToneSpread))];
        _rippleSpread = Steadied(ripple.Spread, UsualRippleSpread);
        _textureSpread = [.. texture.Select((figure, i) => Steadied(figure.Spread, UsualTextureSpreads[i]))];
    }

    /// <param name="profile">The character.</param>
    /// <param name="pieces">How many recordings it comes from.</param>
    public static MatchTarget Of(CharacterProfile profile, int pieces)
    {
        (double, double)[] texture =
        [
            (profile.Median.Crest, profile.Spread.Crest),
            (profile.Median.LevelSpread, profile.Spread.LevelSpread),
            (profile.Median.Hum, profile.Spread.Hum),
            (profile.Median.Decay, profile.Spread.Decay),
        ];
        (double, double) ripple = (profile.Median.Ripple, profile.Spread.Ripple);
        return new MatchTarget([.. profile.Median.Tone], [.. profile.Spread.Tone], profile.RippleMs, ripple, texture,
            pieces);
    }

    public double[] Tone { get; }

    /// <summary>The median, in dB, of the ripple at <see cref="RippleMs"/>.</summary>
    public double Ripple { get; }

    /// <summary>The delay at which ripple is measured.</summary>
    public double RippleMs { get; }

    public double[] Texture { get; }

    public int Pieces { get; }

    /// <summary>How far a sound's colour and tube are from the character's.</summary>
    public double ColourCost(double[] tone, double ripple)
    {
        double sum = 0;
        for (int i = 0; i < tone.Length; i++)
            sum += Bent((tone[i] - Tone[i]) / _toneSpread[i]);
        return (0.6 * sum / tone.Length) + (0.2 * Bent((ripple - Ripple) / _rippleSpread));
    }

    /// <summary>How far its texture is; what could not be measured is left out.</summary>
    public double TextureCost(LikenessFeatures sound)
    {
        double[] texture = [sound.Crest, sound.LevelSpread, sound.Hum, sound.Decay];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < texture.Length; i++)
        {
            if (!double.IsFinite(texture[i]) || !double.IsFinite(Texture[i]))
                continue;
            sum += Bent((texture[i] - Texture[i]) / _textureSpread[i]);
            count++;
        }

        return count == 0 ? 0 : 0.2 * sum / count;
    }

    /// <summary>What the recordings' own variety lets the median of a band be wrong by, in dB.</summary>
    public double ErrorOf(int band) => 1.25 * _toneSpread[band] / Math.Sqrt(Math.Max(1, Pieces));

    private static double Bent(double z) => Math.Abs(z) <= Far ? z * z : (2 * Far * Math.Abs(z)) - (Far * Far);

    private double Steadied(double spread, double usual)
    {
        double measured = Math.Max(0, Pieces - 1);
        return Math.Sqrt(((measured * spread * spread) + (UsualPieces * usual * usual)) / (measured + UsualPieces));
    }
}
