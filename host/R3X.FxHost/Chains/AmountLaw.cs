using System;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>
/// What an amount does to a slot: it takes each setting that has a neutral value from its own value towards that; an
/// effect without such settings is mixed with its input, as late as the effect.
/// </summary>
internal static class AmountLaw
{
    // Chosen by measurement, so that each third of an octave of speech lies between that of the line and that of the
    // whole chain, at its own level and brought to one loudness.
    private const double MixExponent = 0.7;

    // So little of the chain is heard below this, in percent, that the last limiter may leave.
    private const double LimiterLeaves = 1;

    /// <summary>A setting's value at an amount.</summary>
    /// <param name="parameter">The setting.</param>
    /// <param name="role">Its effect's role; null for a setting of the chain itself.</param>
    /// <param name="value">Its value at 100 %.</param>
    /// <param name="amount">0 to 100, in percent.</param>
    public static double Scale(Parameter parameter, EffectRole? role, double value, double amount)
    {
        if (parameter.Neutral is not { } neutral || amount >= 100)
            return value;
        if (amount <= 0)
            return neutral;
        double share = amount / 100;
        return parameter.Clamp(parameter.Unit switch
        {
            // A compressor's gain in dB goes with 1 - 1/ratio.
            ParameterUnit.Ratio => Mean(neutral, value, share, -1),

            // What a second-order filter takes from the power of a tone beyond its edge goes with the edge's square.
            ParameterUnit.Hertz => Mean(neutral, value, share, value > neutral ? 2 : -2),
            // A band that is boosted comes in by equal steps of amplitude: by equal steps of dB a line that is brought
            // to one loudness would get louder where nothing is boosted.
            ParameterUnit.Decibels when role == EffectRole.Tone && value > neutral =>
                Decibels.FromGain(Mean(Decibels.ToGain(neutral), Decibels.ToGain(value), share, 1)),

            // What a mix adds is heard beside the line, in power rather than in amplitude.
            ParameterUnit.Percent => neutral + ((value - neutral) * Math.Pow(share, MixExponent)),
            _ => ModulatedParameter.Between(parameter, neutral, value, share),
        });
    }

    private static double Mean(double from, double to, double share, double exponent) =>
        Math.Pow(((1 - share) * Math.Pow(from, exponent)) + (share * Math.Pow(to, exponent)), 1 / exponent);

    /// <summary>A slot's values at an amount.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="values">Its values at 100 %.</param>
    /// <param name="amount">0 to 100, in percent.</param>
    public static double[] Scale(SlotPlan slot, double[] values, double amount)
    {
        double[] scaled = [.. values];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Scale(slot.Parameters[i], slot.Role, values[i], amount);
        return scaled;
    }

    /// <summary>Whether a slot is mixed with its input: nothing in it is scaled.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="isLastLimiter">Whether it is the chain's last limiter.</param>
    public static bool Mixes(SlotPlan slot, bool isLastLimiter) =>
        isLastLimiter || slot.Parameters.All(parameter => parameter.Neutral is null);

    /// <summary>
    /// How much of such a slot is heard, 0 to 1. The last limiter holds its ceiling as long as anything else of the
    /// chain is heard.
    /// </summary>
    /// <param name="amount">0 to 100, in percent.</param>
    /// <param name="isLastLimiter">Whether it is the last limiter.</param>
    public static double Share(double amount, bool isLastLimiter) =>
        isLastLimiter ? Math.Min(1, amount / LimiterLeaves) : amount / 100;
}
