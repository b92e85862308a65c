using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// What an amount does to a slot: it takes each setting that has a neutral value from its own value towards that; an effect without such
/// settings is mixed with its input, as late as the effect.
/// </summary>
internal static class AmountLaw
{
    // So little of the chain is heard below this, in percent, that the last limiter may leave.
    private const double LimiterLeaves = 1;

    /// <summary>A setting's value at an amount.</summary>
    /// <param name="parameter">The setting.</param>
    /// <param name="value">Its value at 100 %.</param>
    /// <param name="amount">0 to 100, in percent.</param>
    public static double Scale(Parameter parameter, double value, double amount)
    {
        if (parameter.Neutral is not { } neutral || amount >= 100)
            return value;
        double share = amount / 100;
        // A compressor's gain in dB goes with 1 - 1/ratio.
        return parameter.Unit == ParameterUnit.Ratio
            ? parameter.Clamp(1 / ((1 / neutral) + (((1 / value) - (1 / neutral)) * share)))
            : MovingSetting.Between(parameter, neutral, value, share);
    }

    /// <summary>A slot's values at an amount.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="values">Its values at 100 %.</param>
    /// <param name="amount">0 to 100, in percent.</param>
    public static double[] Scale(SlotPlan slot, double[] values, double amount)
    {
        double[] scaled = [.. values];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Scale(slot.Parameters[i], values[i], amount);
        return scaled;
    }

    /// <summary>Whether a slot is mixed with its input: nothing in it is scaled.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="isLastLimiter">Whether it is the chain's last limiter.</param>
    public static bool Mixes(SlotPlan slot, bool isLastLimiter) => isLastLimiter || slot.Parameters.All(parameter => parameter.Neutral is null);

    /// <summary>
    /// How much of such a slot is heard, 0 to 1. The last limiter holds its ceiling as long as anything else of the chain is heard.
    /// </summary>
    /// <param name="amount">0 to 100, in percent.</param>
    /// <param name="isLastLimiter">Whether it is the last limiter.</param>
    public static double Share(double amount, bool isLastLimiter) => isLastLimiter ? System.Math.Min(1, amount / LimiterLeaves) : amount / 100;
}
