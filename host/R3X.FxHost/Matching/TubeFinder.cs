using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// Finds the tube in recordings: the delay from 0.5 to 2.5 ms at which the ripple over frequency is strong in all of them alike. A
/// voice's formants ripple as well, but not everywhere alike; below 1 ms they come close to it, so that there the fricatives, which
/// have no such formants, must show the same.
/// </summary>
internal static class TubeFinder
{
    private const double From = 0.5;
    private const double To = 2.5;
    private const double Step = 0.01;
    private const double Doubtful = 1;

    /// <summary>Spread in dB that is not counted: recordings that agree by chance are few.</summary>
    private const double Slack = 0.5;

    /// <summary>Median ripple over its spread from which on there is a tube.</summary>
    private const double Clear = 1.6;

    private const double LeastRipple = 1;

    /// <summary>Looks for a tube.</summary>
    /// <param name="recordings">The detail of each one's spectrum (<see cref="TubeRipple.Detail"/>).</param>
    /// <param name="fricatives">The same of their fricatives; of recordings that have some.</param>
    /// <returns>The delay in ms, or null where there is no tube.</returns>
    public static double? Find(IReadOnlyList<double[]> recordings, IReadOnlyList<double[]> fricatives)
    {
        int count = (int)Math.Round((To - From) / Step) + 1;
        double[] delays = [.. Enumerable.Range(0, count).Select(i => From + (i * Step))];
        var scores = Scores(recordings, delays);
        foreach (int i in Enumerable.Range(0, count).OrderByDescending(i => scores[i].Score))
        {
            if (scores[i].Score < Clear || scores[i].Median < LeastRipple)
                return null;
            bool isPeak = (i == 0 || scores[i - 1].Score <= scores[i].Score) && (i == count - 1 || scores[i + 1].Score <= scores[i].Score);
            if (!isPeak)
                continue;
            if (delays[i] >= Doubtful || fricatives.Count == 0 || Scores(fricatives, [delays[i]])[0].Median > LeastRipple / 2)
                return Peak(delays, scores, i);
        }

        return null;
    }

    private static (double Score, double Median)[] Scores(IReadOnlyList<double[]> spectra, double[] delays) =>
        [.. delays.Select(delay =>
        {
            double[] ripples = [.. spectra.Select(spectrum => TubeRipple.Amplitude(spectrum, delay)).Order()];
            double median = (ripples[(ripples.Length - 1) / 2] + ripples[ripples.Length / 2]) / 2;
            double mean = ripples.Average();
            double spread = Math.Sqrt(ripples.Average(ripple => (ripple - mean) * (ripple - mean)));
            return (median / (spread + Slack), median);
        })];

    // The top of the ripple itself, which is broader than the grid: a parabola through three medians.
    private static double Peak(double[] delays, (double Score, double Median)[] scores, int at)
    {
        while (at > 0 && scores[at - 1].Median > scores[at].Median)
            at--;
        while (at < delays.Length - 1 && scores[at + 1].Median > scores[at].Median)
            at++;
        if (at == 0 || at == delays.Length - 1)
            return delays[at];
        double left = scores[at - 1].Median;
        double right = scores[at + 1].Median;
        double bend = left - (2 * scores[at].Median) + right;
        return delays[at] + (bend < 0 ? Step * 0.5 * (left - right) / bend : 0);
    }
}
