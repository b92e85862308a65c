using System;
using System.Numerics;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// The magnitude of a sound's analytic signal (Hilbert), for sounds without anything below some hundred Hz.
/// </summary>
internal static class Envelope
{
    // In pieces: what lies further away than an overlap adds less than 0.4 % above 300 Hz.
    private const int Size = 16_384;
    private const int Overlap = 2_048;

    /// <summary>As many values as samples.</summary>
    public static double[] Of(double[] sound)
    {
        var envelope = new double[sound.Length];
        var transform = new ComplexFft(Size);
        var work = new Complex[Size];
        for (int start = 0; start < sound.Length; start += Size - (2 * Overlap))
        {
            for (int i = 0; i < Size; i++)
            {
                int at = start - Overlap + i;
                work[i] = at >= 0 && at < sound.Length ? sound[at] : 0;
            }

            transform.Transform(work);
            // Nothing of negative frequencies, twice the positive ones; conjugated, so that the same transform leads
            // back.
            for (int k = 0; k < Size; k++)
                work[k] = k < Size / 2 ? Complex.Conjugate(work[k]) * (k == 0 ? 1 : 2) : 0;
            transform.Transform(work);
            int count = Math.Min(Size - (2 * Overlap), sound.Length - start);
            for (int i = 0; i < count; i++)
            {
                Complex value = work[Overlap + i];
                envelope[start + i] = Math.Sqrt((value.Real * value.Real) + (value.Imaginary * value.Imaginary)) / Size;
            }
        }

        return envelope;
    }
}
