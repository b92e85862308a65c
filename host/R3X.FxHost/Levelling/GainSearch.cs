using System;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Finds the gain with which a line that has arrived at the match point leaves the chain as loud as it is to be: of
/// each gain it names, it is told what came of it.
/// </summary>
internal sealed class GainSearch
{
    // The limiter takes the less away the closer the gain is, so few are needed.
    private const int MostTries = 6;

    // How much of a dB of gain comes out of a limiter at least; less would make the next gain leap.
    private const double LeastYield = 0.2;

    private readonly double _target;
    private readonly double _tolerance;
    private double _yield = 1;
    private (double Gain, double Loudness)? _before;
    private int _tries;

    /// <param name="arrival">The line's loudness where it arrived, in LUFS.</param>
    /// <param name="target">What it is to be as it leaves the chain, in LUFS.</param>
    /// <param name="tolerance">How close is close enough, in dB.</param>
    public GainSearch(double arrival, double target, double tolerance)
    {
        _target = target;
        _tolerance = tolerance;
        Gain = Limit(target - arrival);
    }

    /// <summary>The gain to try, in dB; the one found, when it landed.</summary>
    public double Gain { get; private set; }

    /// <summary>Whether <see cref="Gain"/> stays, whatever comes of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes note of what came of <see cref="Gain"/>.</summary>
    /// <param name="leaving">The loudness with which the line left, in LUFS; null when there was none.</param>
    /// <returns>Whether it stays. Otherwise it is another one now.</returns>
    public bool Lands(double? leaving)
    {
        if (IsOver || leaving is not { } loudness || Math.Abs(_target - loudness) <= _tolerance)
            return IsOver = true;
        double tried = Gain;
        if (_before is { } last)
            _yield = Math.Clamp((loudness - last.Loudness) / (tried - last.Gain), LeastYield, 1);
        _before = (tried, loudness);
        Gain = Limit(tried + ((_target - loudness) / _yield));
        IsOver = ++_tries == MostTries || Gain == tried;
        return Gain == tried;
    }

    private static double Limit(double decibels) => StartingGains.Limit(decibels, StartingGains.MostMatch);
}
