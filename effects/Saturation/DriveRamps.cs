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

    /// <summary>Stands still at a curve.</summary>
    public void JumpTo(double gain, double level, double blend)
    {
        _gain.JumpTo(gain);
        _level.JumpTo(level);
        _blend.JumpTo(blend);
    }

    /// <summary>Starts towards a curve.</summary>
    public void RampTo(double gain, double level, double blend)
    {
        _gain.RampTo(gain);
        _level.RampTo(level);
        _blend.RampTo(blend);
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
