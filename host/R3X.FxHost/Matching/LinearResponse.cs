using System;
using System.Numerics;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Matching;

/// <summary>
/// What steps that only filter do to every frequency: measured, by an impulse through the effects themselves.
/// </summary>
internal sealed class LinearResponse
{
    // A tube of 2.5 ms at 80 % has decayed by 60 dB after 75 ms.
    private const double Seconds = 0.09;

    private readonly double[] _power;
    private readonly double _binHertz;

    private LinearResponse(double[] power, double binHertz)
    {
        _power = power;
        _binHertz = binHertz;
    }

    /// <summary>Measures the steps of a plan, one after the other.</summary>
    /// <param name="plan">Steps that are linear and do not move; roles that depend on the level are passed
    /// over.</param>
    /// <param name="sampleRate">The line's.</param>
    public static LinearResponse Of(ChainPlan plan, int sampleRate)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)(Seconds * sampleRate));
        var format = new AudioFormat(sampleRate, 1);
        float[] impulse = new float[size];
        impulse[0] = 1;
        foreach (SlotPlan slot in plan.Slots)
        {
            if (slot.Role is EffectRole.Limiter or EffectRole.Dynamics or EffectRole.Drive)
                continue;
            double[] values = new double[slot.Values.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = slot.Values[i].Still;
            IEffect effect = slot.Create();
            effect.Prepare(new EffectSetup(format, ChainSetup.MaxBlockFrames, plan.Quality, 0, slot.Parameters, values)
            {
                Curve = slot.Curve,
            });
            for (int at = 0; at < size; at += ChainSetup.MaxBlockFrames)
                effect.Process(new AudioBlock(impulse.AsSpan(at, Math.Min(ChainSetup.MaxBlockFrames, size - at))));
        }

        var transform = new RealFft(size);
        double[] power = new double[transform.Bins];
        transform.Power(Array.ConvertAll(impulse, sample => (double)sample), power);
        return new LinearResponse(power, (double)sampleRate / size);
    }

    /// <summary>The gain in power at a frequency; above the line's band, that at its top.</summary>
    public double At(double hertz)
    {
        double place = Math.Clamp(hertz / _binHertz, 0, _power.Length - 1.001);
        int below = (int)place;
        return _power[below] + ((place - below) * (_power[below + 1] - _power[below]));
    }

    /// <summary>The mean gain in power of a band.</summary>
    public double Mean(double from, double to)
    {
        int steps = Math.Max(1, (int)Math.Ceiling((to - from) / _binHertz));
        double sum = 0;
        for (int i = 0; i < steps; i++)
            sum += At(from + ((i + 0.5) / steps * (to - from)));
        return sum / steps;
    }
}
