using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>The values that are drawn once per line. Each follows from the line's seed, the step and the setting
/// alone.</summary>
internal static class RandomParameter
{
    // Finer than anybody hears, coarse enough to be said in a report and written into a preset.
    private const double Fineness = 1e-4;

    /// <summary>A value with what is drawn drawn: a number, or one that moves on.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parameter">What it is of.</param>
    /// <param name="step">The step's name; empty for the chain's own.</param>
    /// <param name="seed">The line's seed.</param>
    public static SettingValue Settle(SettingValue value, Parameter parameter, string step, ulong seed) =>
        Of(value.Modulation, parameter, step, seed) is { } drawn ? drawn : value;

    /// <summary>What a modulation draws; null for one that draws nothing.</summary>
    /// <param name="modulation">The modulation.</param>
    /// <param name="parameter">What it moves.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="seed">The line's seed.</param>
    public static double? Of(Modulation? modulation, Parameter parameter, string step, ulong seed)
    {
        double Share() => SeededRandom.Share(seed, $"{step}.{parameter.Id}");
        return modulation switch
        {
            RandomDraw random =>
                Rounded(ModulatedParameter.Between(parameter, random.From, random.To, Share()), random.From, random.To),
            Pick pick => pick.Choices[(int)(Share() * pick.Choices.Count)],
            _ => null,
        };
    }

    // To a decimal place that is at most a ten-thousandth of the way, and of the smaller end.
    private static double Rounded(double value, double from, double to)
    {
        double least = new[] { Math.Abs(to - from), Math.Abs(from), Math.Abs(to) }.Where(size => size > 0).Min();
        int places = (int)Math.Clamp(Math.Ceiling(-Math.Log10(least * Fineness)), 0, 12);
        return Math.Clamp(Math.Round(value, places), Math.Min(from, to), Math.Max(from, to));
    }
}
