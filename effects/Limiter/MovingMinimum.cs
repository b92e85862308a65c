using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// The least of the last so many values, at a constant cost however long that is: M. van Herk (1992), J. Gil and M. Werman
/// (1993). A window is the end of one stretch, whose minima were taken backwards, and the beginning of the next.
/// </summary>
internal sealed class MovingMinimum
{
    private readonly float[] _stretch;
    private int _position;
    private float _beginning;

    /// <param name="length">How many values count, the newest included; at least 1.</param>
    public MovingMinimum(int length)
    {
        _stretch = new float[length];
        Clear();
    }

    /// <summary>Takes in a value.</summary>
    /// <returns>The least of the last ones.</returns>
    public float Next(float value)
    {
        // Here: what is left of the stretch before, as minima towards its end.
        float end = _position + 1 < _stretch.Length ? _stretch[_position + 1] : float.PositiveInfinity;
        _stretch[_position] = value;
        _beginning = Math.Min(_beginning, value);
        float least = Math.Min(end, _beginning);
        if (++_position == _stretch.Length)
        {
            for (int i = _stretch.Length - 2; i >= 0; i--)
                _stretch[i] = Math.Min(_stretch[i], _stretch[i + 1]);
            _position = 0;
            _beginning = float.PositiveInfinity;
        }

        return least;
    }

    /// <summary>Starts with a past of ones.</summary>
    public void Clear()
    {
        Array.Fill(_stretch, 1);
        _position = 0;
        _beginning = float.PositiveInfinity;
    }
}
