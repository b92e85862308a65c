using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// Cuts a recording into pieces of about 3 s of speech: at the quietest moment of those where a piece has 2.25 to 3.75
/// s of it, which is a pause if there is one. What is left at the end makes one piece of up to 4.5 s. Silence around a
/// piece is dropped.
/// </summary>
internal static class PieceCuts
{
    private const int Block = LikenessSound.Rate / 100;
    private const int Shortest = 225;
    private const int Longest = 375;
    private const int Rest = 450;
    private const int Margin = 5;

    // Speech is within so many dB of the loud stretches; those are the 95th percentile of what is not silence.
    private const double Range = 25;
    private const double Silence = 40;

    /// <summary>The pieces, in samples, and how many seconds of speech each holds. None for silence.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static IReadOnlyList<(int Start, int End, double Speech)> Of(double[] sound)
    {
        double[] levels = NoiseFloor.Levels(sound);
        var pieces = new List<(int, int, double)>();
        if (levels.Length == 0 || levels.Max() <= -110)
            return pieces;
        double top = levels.Max();
        double loud = Percentile.Of(levels.Where(level => level > top - Silence).ToArray(), 95);
        bool[] speech = [.. levels.Select(level => level > loud - Range)];
        int cut = 0;
        while (Array.IndexOf(speech, true, cut) is var start and >= 0)
        {
            int end = Array.LastIndexOf(speech, true) + 1;
            if (speech.AsSpan(start).Count(true) > Rest)
                end = QuietestEnd(levels, speech, start);
            int last = Array.LastIndexOf(speech, true, end - 1) + 1;
            int from = Math.Max(cut, start - Margin) * Block;
            int to = Math.Min(end == last ? levels.Length : end, last + Margin) * Block;
            pieces.Add((from, to, speech.AsSpan(start, last - start).Count(true) / 100.0));
            cut = end;
        }

        return pieces;
    }

    // Over five blocks, so that a pause counts more than the closure of a stop.
    private static int QuietestEnd(double[] levels, bool[] speech, int start)
    {
        int spoken = 0;
        int best = start;
        double least = double.PositiveInfinity;
        for (int i = start; i < levels.Length && spoken <= Longest; i++)
        {
            spoken += speech[i] ? 1 : 0;
            if (spoken < Shortest)
                continue;
            double level = 0;
            for (int k = i - 2; k <= i + 2; k++)
                level += levels[Math.Clamp(k, 0, levels.Length - 1)];
            if (level < least)
                (least, best) = (level, i);
        }

        return best;
    }
}
