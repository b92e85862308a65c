using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>
/// Finds the tube in recordings: the delay from 0.5 to 2.5 ms at which the ripple over frequency is strong in all of
/// them alike. A voice's formants ripple as well, so that what dry voices have there is taken off; and below 1 ms,
/// where formants come closest to it, the fricatives must show the same.
/// </summary>
internal static class TubeFinder
{
    private const double From = 0.5;
    private const double To = 2.5;
    private const double Step = 0.01;
    private const double Doubtful = 1;

    // Spread in dB that is not counted: recordings that agree by chance are few.
    private const double Slack = 0.5;

    // Ripple over its spread, and ripple in dB, from which on there is a tube.
    private const double Clear = 1;
    private const double LeastRipple = 1;
    private const int EnoughFrames = 7;

    /// <summary>Looks for a tube.</summary>
    /// <param name="recordings">The recordings' frames that carry speech.</param>
    /// <param name="dry">The same of voices that do not speak through it.</param>
    /// <returns>The delay in ms, or null where there is no tube.</returns>
    public static double? Find(IReadOnlyList<PowerFrames> recordings, IReadOnlyList<PowerFrames> dry)
    {
        int count = (int)Math.Round((To - From) / Step) + 1;
        double[] delays = [.. Enumerable.Range(0, count).Select(i => From + (i * Step))];
        (double Score, double Median)[] scores = Scores(recordings, dry, delays);
        (double Score, double Median)[] fricatives = Scores(Hissing(recordings), Hissing(dry), delays);
        foreach (int i in Enumerable.Range(0, count).OrderByDescending(i => scores[i].Score))
        {
            if (scores[i].Score < Clear || scores[i].Median < LeastRipple)
                return null;
            bool isPeak = i > 0 && i < count - 1 && scores[i - 1].Score <= scores[i].Score
                && scores[i + 1].Score <= scores[i].Score;
            if (isPeak && (delays[i] >= Doubtful || fricatives.Length == 0 || fricatives[i].Median > LeastRipple / 2))
                return Peak(delays, scores, i);
        }

        return null;
    }

    private static PowerFrames[] Hissing(IEnumerable<PowerFrames> sounds) =>
        [.. sounds.Select(sound => sound.Fricatives()).Where(frames => frames.Count >= EnoughFrames)];

    private static (double Score, double Median)[] Scores(IReadOnlyList<PowerFrames> recordings,
        IReadOnlyList<PowerFrames> dry, double[] delays)
    {
        if (recordings.Count == 0)
            return [];
        double[][] details = [.. recordings.Select(TubeRipple.Detail)];
        double[][] plain = [.. dry.Select(TubeRipple.Detail)];
        return [.. delays.Select(delay =>
        {
            double usual = plain.Length == 0 ? 0 : plain.Average(detail => TubeRipple.Amplitude(detail, delay));
            double[] ripples = [.. details.Select(detail => TubeRipple.Amplitude(detail, delay) - usual)];
            double median = Percentile.Median([.. ripples]);
            double mean = ripples.Average();
            double spread = Math.Sqrt(ripples.Average(ripple => (ripple - mean) * (ripple - mean)));
            return (median / (spread + Slack), median);
        })];
    }

    // The top of the ripple itself, which is steadier than that of the score: a parabola through three medians.
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
