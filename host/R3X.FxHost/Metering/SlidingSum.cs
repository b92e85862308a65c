using System;

namespace R3X.FxHost.Metering;

/// <summary>
/// The sum of the last values of a stream. Each sum is made of the values in it alone: a running sum would keep the
/// rounding of everything loud that ever went through it. Two additions a value. Audio thread.
/// </summary>
/// <param name="length">How many values are summed.</param>
internal sealed class SlidingSum(int length)
{
    // In front of _next the newest values; from there on, for each of the round before, the sum from it to the round's
    // end.
    private readonly double[] _values = new double[length + 1];
    private double _newest;
    private int _next;

    /// <summary>Takes a value.</summary>
    /// <returns>The sum of as many values as there are to be, this one the last; those before the first count as
    /// 0.</returns>
    public double Add(double value)
    {
        _values[_next++] = value;
        _newest += value;
        double sum = _newest + _values[_next];
        if (_next == length)
            StartRound();
        return sum;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        _newest = 0;
        _next = 0;
    }

    private void StartRound()
    {
        for (int i = length - 2; i >= 0; i--)
            _values[i] += _values[i + 1];
        _newest = 0;
        _next = 0;
    }
}
