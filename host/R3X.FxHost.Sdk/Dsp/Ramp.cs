namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// A value that moves linearly to its target over <see cref="ParameterGrid.Frames"/> frames. A mutable struct: keep it
/// in a field that is not readonly. Audio thread.
/// </summary>
public struct Ramp
{
    private double _value;
    private double _target;
    private double _step;
    private int _left;

    /// <summary>The value at the current frame.</summary>
    public readonly double Value => _value;

    /// <summary>Whether <see cref="Next"/> will still change it.</summary>
    public readonly bool IsMoving => _left > 0;

    /// <summary>Stands still at a value.</summary>
    /// <param name="value">The value.</param>
    public void JumpTo(double value)
    {
        _value = value;
        _target = value;
        _step = 0;
        _left = 0;
    }

    /// <summary>
    /// Starts towards a value, to be there after <see cref="ParameterGrid.Frames"/> calls of <see cref="Next"/>.
    /// </summary>
    /// <param name="target">The value to reach.</param>
    public void RampTo(double target)
    {
        _target = target;
        _step = (target - _value) / ParameterGrid.Frames;
        _left = _step == 0 ? 0 : ParameterGrid.Frames;
    }

    /// <summary><see cref="JumpTo"/> or <see cref="RampTo"/>.</summary>
    /// <param name="target">The value to reach.</param>
    /// <param name="atOnce">Whether to be there at once.</param>
    public void MoveTo(double target, bool atOnce)
    {
        if (atOnce)
            JumpTo(target);
        else
            RampTo(target);
    }

    /// <summary>Moves on by a frame and returns the value for it.</summary>
    public double Next()
    {
        if (_left == 0)
            return _value;
        _left--;
        _value = _left == 0 ? _target : _value + _step;
        return _value;
    }
}
