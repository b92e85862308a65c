using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>What a setting is given: a number in its unit, a modulation, or a curve.</summary>
/// <param name="Still">The number; the first one named where it moves.</param>
/// <param name="Modulation">How it moves; null when it stands still.</param>
public readonly record struct SettingValue(double Still, Modulation? Modulation = null)
{
    /// <summary>The curve, for a setting that has <see cref="Parameter.Points"/>; null where nothing was
    /// said.</summary>
    public FrequencyCurve? Curve { get; init; }

    /// <summary>A setting that stands still.</summary>
    /// <param name="value">Its value, in its unit.</param>
    public static implicit operator SettingValue(double value) => new(value);

    /// <summary>A setting that stands still.</summary>
    /// <param name="value">Its value, in its unit.</param>
    public static SettingValue FromDouble(double value) => new(value);

    /// <summary>A setting that is a curve over frequency.</summary>
    /// <param name="curve">The curve.</param>
    public static SettingValue Of(FrequencyCurve curve) => new(0) { Curve = curve };

    /// <summary>A setting that moves.</summary>
    /// <param name="modulation">How.</param>
    public static SettingValue Of(Modulation modulation) => new(
        modulation switch
        {
            Wobble wobble => wobble.From,
            Sweep sweep => sweep.From,
            RandomDraw random => random.From,
            Pick pick => pick.Choices[0],
            FollowLoudness follow => follow.From,
            _ => 0,
        },
        modulation);
}
