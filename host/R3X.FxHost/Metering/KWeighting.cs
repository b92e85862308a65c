using System;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>The energy of one channel as K-weighting hears it. Audio thread.</summary>
internal sealed class KWeighting(int sampleRate)
{
    private readonly Biquad _shelf = KWeightingDesign.Shelf(sampleRate);
    private readonly Biquad _highPass = KWeightingDesign.HighPass(sampleRate);
    private State _state;
    private double _energy;

    /// <summary>Adds the squares of the weighted samples to the energy. What is no sound (NaN, beyond +-1e6) counts as silence.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        // In locals, which stay in registers.
        (double b0, double b1, double b2, double a1, double a2) = (_shelf.B0, _shelf.B1, _shelf.B2, -_shelf.A1, -_shelf.A2);
        (double gain, double c1, double c2) = (_highPass.B0, -_highPass.A1, -_highPass.A2);
        double x1 = _state.X1, x2 = _state.X2, y1 = _state.Y1, y2 = _state.Y2, z1 = _state.Z1, z2 = _state.Z2;
        double energy = _energy;

        // Direct form I: from one output to the next there is a single multiplication, and the processor runs both filters at once.
        foreach (float sample in samples)
        {
            double x = Math.Abs(sample) <= FiniteSamples.Limit ? sample : 0;
            double y = Add(a1, y1, Add(a2, y2, (b0 * x) + ((b1 * x1) + (b2 * x2))));
            double z = Add(c1, z1, Add(c2, z2, gain * (y - (2 * y1) + y2)));
            energy = Add(z, z, energy);
            (x1, x2, y1, y2, z1, z2) = (x, x1, y, y1, z, z1);
        }

        _energy = energy;
        _state = new State(x1, x2, y1, y2, z1, z2);
    }

    /// <summary>The energy since the last call.</summary>
    public double TakeEnergy()
    {
        double energy = _energy;
        _energy = 0;
        State s = _state;
        _state = new State(s.X1, s.X2, Denormal.Flush(s.Y1), Denormal.Flush(s.Y2), Denormal.Flush(s.Z1), Denormal.Flush(s.Z2));
        return energy;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _state = default;
        _energy = 0;
    }

    // In one step where the processor has one; in software it would cost more than the rest.
    private static double Add(double a, double b, double c) =>
        Fma.IsSupported || AdvSimd.IsSupported ? Math.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    // The last two samples at the input (X), between the filters (Y) and at the output (Z).
    private readonly record struct State(double X1, double X2, double Y1, double Y2, double Z1, double Z2);
}
