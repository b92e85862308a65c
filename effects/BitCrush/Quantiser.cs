using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Rounds to steps of 2 / 2^bits, one of them at 0 (mid-tread), and clips at full scale. A sine of amplitude a comes
/// out with a signal-to-noise ratio of 6.02 bits + 1.76 + 20 log10 a decibels.
/// </summary>
/// <param name="bits">2 to 16; fractions are steps between.</param>
internal readonly struct Quantiser(double bits)
{
    private readonly float _steps = (float)Math.Pow(2, bits - 1);
    private readonly float _step = (float)Math.Pow(2, 1 - bits);

    /// <summary>The nearest step. Never a negative zero, so that silence is silence.</summary>
    public float Round(float x) => Math.Clamp(MathF.Round(x * _steps) * _step, -1, 1) + 0f;
}
