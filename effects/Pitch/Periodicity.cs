using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// How much a sound looks like itself a moment earlier: the normalised square difference function, and the choice among
/// its peaks, of P. McLeod and G. Wyvill, "A Smarter Way to Find Pitch" (ICMC 2005).
/// </summary>
internal sealed class Periodicity
{
    // A peak this near to the highest one is taken when it is earlier: later ones are multiples.
    private const double NearTheHighest = 0.88;

    private readonly int _shortest;
    private readonly int _longest;
    private readonly double[] _likeness;
    private readonly double[] _energy;

    /// <param name="shortest">Shortest period in samples.</param>
    /// <param name="longest">Longest period in samples; as many are compared.</param>
    public Periodicity(int shortest, int longest)
    {
        _shortest = shortest;
        _longest = longest;
        _likeness = new double[longest + 2];
        _energy = new double[(2 * longest) + 2];
    }

    /// <summary>Samples that are looked at.</summary>
    public int Frames => (2 * _longest) + 1;

    /// <summary>The period in samples and fractions that was found last; 0 for none.</summary>
    public double Period { get; private set; }

    /// <summary>How periodic the sound is at that period, to 1.</summary>
    public double Clarity { get; private set; }

    /// <summary>Looks for a period.</summary>
    /// <param name="sound"><see cref="Frames"/> samples, the newest last.</param>
    /// <param name="expected">A period near which a peak is preferred; 0 for none.</param>
    public void Find(ReadOnlySpan<float> sound, double expected)
    {
        Compare(sound);
        Period = 0;
        Clarity = 0;
        double highest = 0;
        for (int lag = _shortest; lag <= _longest; lag++)
        {
            if (IsPeak(lag))
                highest = Math.Max(highest, _likeness[lag]);
        }

        if (highest <= 0)
            return;
        double nearest = 0.2 * expected;
        int best = 0;
        for (int lag = _shortest; lag <= _longest; lag++)
        {
            if (!IsPeak(lag) || _likeness[lag] < (expected > 0 ? 0.8 : NearTheHighest) * highest)
                continue;
            if (best == 0 && _likeness[lag] >= NearTheHighest * highest)
                best = lag;
            if (Math.Abs(lag - expected) < nearest)
            {
                nearest = Math.Abs(lag - expected);
                best = lag;
            }
        }

        Period = best + Vertex(_likeness[best - 1], _likeness[best], _likeness[best + 1]);
        Clarity = _likeness[best];
    }

    /// <summary>Where between -1/2 and 1/2 a parabola through three points has its top.</summary>
    public static double Vertex(double before, double at, double after)
    {
        double bend = before - (2 * at) + after;
        return bend < 0 ? Math.Clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
    }

    /// <summary>Sum of products. Compiled once and for all, so that its order never changes.</summary>
    [MethodImpl(Kernel.Strength)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        float total = Vector.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    private bool IsPeak(int lag) =>
        _likeness[lag] > 0 && _likeness[lag] >= _likeness[lag - 1] && _likeness[lag] > _likeness[lag + 1];

    private void Compare(ReadOnlySpan<float> sound)
    {
        for (int i = 0; i < sound.Length; i++)
            _energy[i + 1] = _energy[i] + ((double)sound[i] * sound[i]);
        int start = sound.Length - _longest;
        var newest = sound[start..];
        double own = _energy[sound.Length] - _energy[start];
        for (int lag = _shortest - 1; lag <= _longest + 1; lag++)
        {
            double other = _energy[sound.Length - lag] - _energy[start - lag];

            // Below -130 dBFS there is nothing to look at.
            _likeness[lag] = own + other > 1e-13 * _longest
                ? 2 * Dot(newest, sound.Slice(start - lag, _longest)) / (own + other)
                : 0;
        }
    }
}
