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
        Biquad shelf = _shelf;
        Biquad pass = _highPass;
        State s = _state;
        double energy = _energy;

        // Direct form I: from one output to the next there is a single multiplication, and the processor runs both filters at once.
        foreach (float sample in samples)
        {
            double x = Math.Abs(sample) <= FiniteSamples.Limit ? sample : 0;
            double ahead = (shelf.B0 * x) + ((shelf.B1 * s.X1) + (shelf.B2 * s.X2));
            double y = Add(-shelf.A1, s.Y1, Add(-shelf.A2, s.Y2, ahead));
            double aheadOfPass = pass.B0 * (y - (2 * s.Y1) + s.Y2);
            double z = Add(-pass.A1, s.Z1, Add(-pass.A2, s.Z2, aheadOfPass));
            energy += z * z;
            s = new State(x, s.X1, y, s.Y1, z, s.Z1);
        }

        _energy = energy;
        _state = s;
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
