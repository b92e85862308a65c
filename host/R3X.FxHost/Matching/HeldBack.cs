using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Matching;

/// <summary>
/// Which lines of a voice are kept from the fit, to be judged by: every third, as long as the fit keeps 8 s of voice.
/// </summary>
internal static class HeldBack
{
    private const int Every = 3;
    private const double LeastSeconds = 8;

    /// <param name="seconds">How long the lines are.</param>
    public static bool[] Of(IReadOnlyList<double> seconds)
    {
        bool[] isHeldBack = new bool[seconds.Count];
        double left = seconds.Sum();
        for (int i = Every - 1; i < seconds.Count; i += Every)
        {
            if (left - seconds[i] < LeastSeconds)
                continue;
            isHeldBack[i] = true;
            left -= seconds[i];
        }

        return isHeldBack;
    }
}
