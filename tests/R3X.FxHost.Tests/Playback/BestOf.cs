using System;

namespace R3X.FxHost.Tests.Playback;

/// <summary>What a machine delays that is busy with other things says nothing: the best of a few tries is what the
/// product can do.</summary>
internal static class BestOf
{
    /// <summary>How many.</summary>
    public const int Tries = 8;

    /// <summary>Measures until one is good enough, and gives the smallest.</summary>
    /// <param name="enough">What is good enough.</param>
    /// <param name="measure">Measures once.</param>
    public static double Smallest(double enough, Func<double> measure)
    {
        double best = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries && best > enough; attempt++)
            best = Math.Min(best, measure());
        return best;
    }

    /// <summary>Measures until one is within bounds, and gives that, or else the one that is closest to their
    /// middle.</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <param name="measure">Measures once.</param>
    public static double Within(double low, double high, Func<double> measure)
    {
        double middle = (low + high) / 2;
        double best = double.PositiveInfinity;
        Smallest((high - low) / 2, () =>
        {
            double now = measure();
            if (Math.Abs(now - middle) < Math.Abs(best - middle))
                best = now;
            return Math.Abs(now - middle);
        });
        return best;
    }
}
