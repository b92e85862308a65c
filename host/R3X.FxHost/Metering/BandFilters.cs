using System;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// What one channel holds in every band and altogether, since it was last asked. All eight bands go through their
/// filters at once, one to a lane, sample by sample, so that cuts do not matter. Audio thread.
/// </summary>
internal sealed class BandFilters
{
    private readonly Feedback _first;
    private readonly Feedback _second;
    private readonly Vector256<float> _power;
    private Memory _memory;
    private Vector256<float> _energies;
    private double _energy;
    private float _peak;

    /// <param name="sampleRate">Frames per second.</param>
    public BandFilters(int sampleRate)
    {
        Span<float> power = stackalloc float[SpeechBands.Count];
        Span<Biquad> first = stackalloc Biquad[SpeechBands.Count];
        Span<Biquad> second = stackalloc Biquad[SpeechBands.Count];
        for (int band = 0; band < SpeechBands.Count; band++)
        {
            if (SpeechBands.Design(band, sampleRate) is not { } design)
                continue;
            (first[band], second[band]) = design;
            power[band] = (float)(design.First.B0 * design.First.B0 * design.Second.B0 * design.Second.B0);
        }

        _first = Feedback.Of(first);
        _second = Feedback.Of(second);
        _power = Vector256.Create<float>(power);
    }

    /// <summary>Measures samples. What is no sound (NaN, beyond +-1e6) counts as silence.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        (Feedback first, Feedback second) = (_first, _second);
        (float x1, float x2, Vector256<float> y1, Vector256<float> y2, Vector256<float> z1,
            Vector256<float> z2) = _memory;
        Vector256<float> energies = _energies;
        double energy = _energy;
        float peak = _peak;
        foreach (float given in samples)
        {
            float x = MathF.Abs(given) <= FiniteSamples.Limit ? given : 0;
            peak = MathF.Max(peak, MathF.Abs(x));
            energy += (double)x * x;
            // Two band-passes in direct form, their gains left to the end: y = x - x2 - a1 y1 - a2 y2. Each sample
            // waits for the one before by one multiplication only.
            Vector256<float> y = Vector256.MultiplyAddEstimate(
                first.A1, y1, Vector256.MultiplyAddEstimate(first.A2, y2, Vector256.Create(x - x2)));
            Vector256<float> z = Vector256.MultiplyAddEstimate(
                second.A1, z1, Vector256.MultiplyAddEstimate(second.A2, z2, y - y2));
            energies = Vector256.MultiplyAddEstimate(z, z, energies);
            (x2, x1) = (x1, x);
            (y2, y1) = (y1, y);
            (z2, z1) = (z1, z);
        }

        _memory = new Memory(x1, x2, y1, y2, z1, z2);
        (_energies, _energy, _peak) = (energies, energy, peak);
    }

    /// <summary>Gives what there was since the last call: sums of squares, and the highest magnitude.</summary>
    public (double Energy, float Peak, Vector256<float> Bands) Take()
    {
        (double, float, Vector256<float>) taken = (_energy, _peak, _energies * _power);
        (_energy, _peak, _energies) = (0, 0, default);
        _memory = _memory.Flushed;
        return taken;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (_energy, _peak, _energies) = (0, 0, default);
        _memory = default;
    }

    // Upside down, so that they are added.
    private readonly record struct Feedback(Vector256<float> A1, Vector256<float> A2)
    {
        public static Feedback Of(ReadOnlySpan<Biquad> bands)
        {
            Span<float> a1 = stackalloc float[bands.Length];
            Span<float> a2 = stackalloc float[bands.Length];
            for (int band = 0; band < bands.Length; band++)
                (a1[band], a2[band]) = ((float)-bands[band].A1, (float)-bands[band].A2);
            return new Feedback(Vector256.Create<float>(a1), Vector256.Create<float>(a2));
        }
    }

    private readonly record struct Memory(
        float X1, float X2, Vector256<float> Y1, Vector256<float> Y2, Vector256<float> Z1, Vector256<float> Z2)
    {
        public Memory Flushed => this with { Y1 = Flush(Y1), Y2 = Flush(Y2), Z1 = Flush(Z1), Z2 = Flush(Z2) };

        private static Vector256<float> Flush(Vector256<float> state) =>
            Vector256.ConditionalSelect(
                Vector256.LessThan(Vector256.Abs(state), Vector256.Create((float)Denormal.Floor)), default, state);
    }
}
