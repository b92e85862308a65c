using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>The curve on its way to another. A mutable struct, as ramps are.</summary>
internal struct DriveRamps
{
    private Ramp _gain;
    private Ramp _level;
    private Ramp _blend;

    /// <summary>Whether <see cref="Next"/> will still change it.</summary>
    public readonly bool IsMoving => _gain.IsMoving || _level.IsMoving || _blend.IsMoving;

    /// <summary>The curve of the current frame.</summary>
    public readonly DriveCurve Now => new((float)_gain.Value, (float)_level.Value, (float)_blend.Value);

    /// <summary>Changes to a curve, at once or by ramps.</summary>
    public void MoveTo(double gain, double level, double blend, bool atOnce)
    {
        _gain.MoveTo(gain, atOnce);
        _level.MoveTo(level, atOnce);
        _blend.MoveTo(blend, atOnce);
    }

    /// <summary>Moves on by a frame and returns the curve for it.</summary>
    public DriveCurve Next()
    {
        _gain.Next();
        _level.Next();
        _blend.Next();
        return Now;
    }
}
