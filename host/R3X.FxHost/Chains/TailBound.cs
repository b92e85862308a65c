using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Chains;

/// <summary>
/// The longest tail an effect has on the way its settings move. Effects say their tail for the values they are prepared
/// with, so fresh ones are asked at the ends of each modulation, one setting after the other, keeping the end that
/// sounds on for longer.
/// </summary>
internal static class TailBound
{
    // The second time around, a setting that did not matter beside another's starting value does.
    private const int Rounds = 2;

    // Where a setting is next to neutral: at it, an effect that is off has no tail, and a filter that is nearly off
    // its longest.
    private const double LeastAmount = 1;

    /// <summary>Finds it, in frames. Off the audio path.</summary>
    /// <param name="plan">The slot.</param>
    /// <param name="amount">The chain's amount, in percent.</param>
    /// <param name="values">The values at the line's first sample, with all of the chain.</param>
    /// <param name="start">The same with that amount of it.</param>
    /// <param name="startTail">The tail with these.</param>
    /// <param name="prepare">Tells the tail with other values.</param>
    public static int Of(
        SlotPlan plan, SettingValue amount, double[] values, double[] start, int startTail, Func<double[], int> prepare)
    {
        double[] worst = [.. start];
        int longest = startTail;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < worst.Length; i++)
            {
                double kept = worst[i];
                int keptTail = -1;
                foreach (double end in EndsOf(plan, i, amount, values[i]))
                {
                    double[] tried = [.. worst];
                    tried[i] = end;
                    int tail = prepare(tried);
                    if (tail > keptTail)
                        (kept, keptTail) = (end, tail);
                }

                worst[i] = kept;
                longest = Math.Max(longest, keptTail);
            }
        }

        return longest;
    }

    private static IEnumerable<double> EndsOf(SlotPlan plan, int index, SettingValue amount, double value)
    {
        IReadOnlyList<double> own = EndsOf(plan.Values[index].Modulation);
        IReadOnlyList<double> scales = plan.Parameters[index].Neutral is null ? [] : EndsOf(amount.Modulation);
        return own.Count == 0 && scales.Count == 0
            ? []
            : from end in own.Count == 0 ? [value] : own
              from scale in scales.Count == 0 ? [amount.Still] : scales
              select AmountLaw.Scale(plan.Parameters[index], plan.Role, end, Math.Max(scale, LeastAmount));
    }

    private static IReadOnlyList<double> EndsOf(Modulation? modulation) => modulation switch
    {
        Wobble wobble => [wobble.From, wobble.To],
        Sweep sweep => [sweep.From, sweep.To],
        FollowLoudness follow => [follow.From, follow.To],
        _ => [],
    };
}
