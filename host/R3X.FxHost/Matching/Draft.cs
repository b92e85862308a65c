using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Matching;

/// <summary>
/// A preset in the making: what is turned while it is fitted, in the units of the effects. A step whose settings
/// change nothing is not written.
/// </summary>
internal sealed record Draft
{
    /// <summary>The most that the curve raises or lowers a band, in dB.</summary>
    public const double MostCurve = 9;

    /// <summary>The centres of the curve's bands, in Hz.</summary>
    public required IReadOnlyList<double> CurveBands { get; init; }

    /// <summary>What the curve does at each, in dB.</summary>
    public required IReadOnlyList<double> Curve { get; init; }

    /// <summary>In Hz; 20 is off.</summary>
    public double HighPass { get; init; } = 20;

    public double LowShelf { get; init; } = 500;

    public double LowShelfGain { get; init; }

    public double Presence { get; init; } = 2_000;

    public double PresenceGain { get; init; }

    public double PresenceWidth { get; init; } = 1.5;

    public double HighShelf { get; init; } = 6_000;

    public double HighShelfGain { get; init; }

    /// <summary>In Hz; 20,000 is off.</summary>
    public double LowPass { get; init; } = 20_000;

    /// <summary>To 1; at 1 there is no compressor.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>In dB.</summary>
    public double Threshold { get; init; } = -24;

    /// <summary>In percent; at 0 there is no saturation.</summary>
    public double Drive { get; init; }

    /// <summary>In ms; 0 where the recordings show no tube.</summary>
    public double TubeDelay { get; init; }

    /// <summary>In percent.</summary>
    public double TubeFeedback { get; init; } = 40;

    /// <summary>In percent.</summary>
    public double TubeFeedforward { get; init; }

    /// <summary>In Hz.</summary>
    public double TubeDamping { get; init; } = 6_000;

    /// <summary>In percent; at 0 there is no tube.</summary>
    public double TubeMix { get; init; }

    /// <summary>In percent; at 0 there is no room.</summary>
    public double RoomMix { get; init; }

    /// <summary>In ms.</summary>
    public double RoomDecay { get; init; } = 250;

    public bool HasTube => TubeDelay > 0 && TubeMix > 0;

    /// <summary>The same with drive and echoes taken down, which cost intelligibility first.</summary>
    /// <param name="part">How much is left, 0 to 1.</param>
    public Draft Calmed(double part) => this with
    {
        Ratio = 1 + ((Ratio - 1) * part),
        Drive = Drive * part,
        TubeFeedback = TubeFeedback * Math.Sqrt(part),
        TubeMix = TubeMix * part,
        RoomMix = RoomMix * part,
    };

    /// <summary>The same with every gain taken down as well.</summary>
    /// <param name="part">How much is left, 0 to 1.</param>
    public Draft Weakened(double part) => Calmed(part) with
    {
        Curve = [.. Curve.Select(gain => gain * part)],
        LowShelfGain = LowShelfGain * part,
        PresenceGain = PresenceGain * part,
        HighShelfGain = HighShelfGain * part,
    };

    /// <summary>The same with its values as they are written: no digit that nobody hears.</summary>
    public Draft Rounded() => this with
    {
        Curve = [.. Curve.Select(gain => Step(Math.Clamp(gain, -MostCurve, MostCurve), 0.1))],
        HighPass = Digits(HighPass, 2),
        LowShelf = Digits(LowShelf, 2),
        LowShelfGain = Step(LowShelfGain, 0.1),
        Presence = Digits(Presence, 3),
        PresenceGain = Step(PresenceGain, 0.1),
        PresenceWidth = Step(PresenceWidth, 0.05),
        HighShelf = Digits(HighShelf, 2),
        HighShelfGain = Step(HighShelfGain, 0.1),
        LowPass = Digits(LowPass, 2),
        Ratio = Step(Ratio, 0.1),
        Threshold = Step(Threshold, 1),
        Drive = Step(Drive, 1),
        TubeDelay = Step(TubeDelay, 0.005),
        TubeFeedback = Step(TubeFeedback, 1),
        TubeFeedforward = Step(TubeFeedforward, 1),
        TubeDamping = Digits(TubeDamping, 2),
        TubeMix = Step(TubeMix, 1),
        RoomMix = Step(RoomMix, 1),
        RoomDecay = Step(RoomDecay, 10),
    };

    private static double Step(double value, double step) => Math.Round(Math.Round(value / step) * step, 4);

    private static double Digits(double value, int digits)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) + 1 - digits);
        return Math.Round(Math.Round(value / unit) * unit, 4);
    }
}
