using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Three moving averages in a row: a fade shaped like a quadratic spline, without a corner that would be heard. They add
/// integers, so they do not drift, and a constant comes out as itself.
/// </summary>
internal sealed class BoxFilters
{
    /// <summary>What stands for a gain of 1: fine enough for -156 dB, small enough for three sums in 53 bits.</summary>
    public const int Unity = 1 << 26;

    private readonly Box[] _boxes;
    private readonly double _full;

    /// <param name="length">Frames from a step's first effect to its last, at least 1.</param>
    public BoxFilters(int length)
    {
        // Lengths a, b, c reach over a + b + c - 2 frames.
        int a = (length + 2) / 3;
        int b = (length + 2 - a) / 2;
        _boxes = [new Box(a), new Box(b), new Box(length + 2 - a - b)];
        _full = Unity;
        foreach (var box in _boxes)
            _full *= box.Length;
        Clear();
    }

    /// <summary>Takes in a gain.</summary>
    /// <param name="gain">0 to <see cref="Unity"/>.</param>
    /// <returns>The smoothed gain, 0 to 1.</returns>
    public float Next(int gain)
    {
        long sum = gain;
        foreach (var box in _boxes)
            sum = box.Next(sum);
        return (float)(sum / _full);
    }

    /// <summary>Starts with a past of ones.</summary>
    public void Clear()
    {
        long one = Unity;
        foreach (var box in _boxes)
            one = box.Fill(one);
    }

    private sealed class Box(int length)
    {
        private readonly long[] _values = new long[length];
        private int _position;
        private long _sum;

        public int Length => _values.Length;

        public long Next(long value)
        {
            _sum += value - _values[_position];
            _values[_position] = value;
            if (++_position == _values.Length)
                _position = 0;
            return _sum;
        }

        public long Fill(long value)
        {
            Array.Fill(_values, value);
            _position = 0;
            _sum = value * _values.Length;
            return _sum;
        }
    }
}
