using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>What is done to a sample: level * tanh(gain * x), blended with x.</summary>
/// <param name="gain">Factor into the curve.</param>
/// <param name="level">Factor after it.</param>
/// <param name="blend">Share of the driven sound, 0 to 1.</param>
internal readonly struct DriveCurve(float gain, float level, float blend)
{
    private readonly Vector<float> _gain = new(gain);
    private readonly Vector<float> _level = new(level);
    private readonly Vector<float> _blend = new(blend);

    /// <summary>The curve at single points.</summary>
    public Vector<float> At(Vector<float> x) => x + (_blend * ((_level * Curve.Tanh(_gain * x)) - x));

    /// <summary>The curve's mean along the straight line between two samples; the clean share is averaged alike.</summary>
    public Vector<float> Between(Vector<float> older, Vector<float> newer)
    {
        var middle = 0.5f * (older + newer);
        var driven = _gain * middle;
        var reach = (_gain * CurveMean.Reach) * (newer - older);
        var mean = (CurveMean.Outer * (Curve.Tanh(driven - reach) + Curve.Tanh(driven + reach))) + (CurveMean.Inner * Curve.Tanh(driven));
        return middle + (_blend * ((_level * mean) - middle));
    }
}
