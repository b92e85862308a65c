using System;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// The half-band filters of <see cref="OversamplerDesign"/>, frame by frame in their plain form, for as many cells as
/// there are lanes at once. An allpass section is y = u + c (x - v), with u the section's last input and v its last
/// output: in a row of sections a last output is the next one's last input.
/// </summary>
internal static class HalfBandLanes
{
    /// <summary>One sample in, four out, for a cell.</summary>
    /// <param name="x">A row of lanes a frame.</param>
    /// <param name="y">Four rows a frame.</param>
    /// <param name="states">The sections' states at the first frame: the steep filter's eight rows, then the wide one's
    /// four.</param>
    /// <param name="steep">The steep filter's coefficients.</param>
    /// <param name="wide">The wide filter's.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Up<T>(ref float x, ref float y, ref float states, ReadOnlySpan<float> steep,
        ReadOnlySpan<float> wide)
        where T : struct, ILanes<T>
    {
        T s0 = T.All(steep[0]), s1 = T.All(steep[1]), s2 = T.All(steep[2]), s3 = T.All(steep[3]);
        T s4 = T.All(steep[4]), s5 = T.All(steep[5]), s6 = T.All(steep[6]), s7 = T.All(steep[7]);
        T w0 = T.All(wide[0]), w1 = T.All(wide[1]), w2 = T.All(wide[2]), w3 = T.All(wide[3]);

        // A state is u - c v. Which u and v make it does not matter: the last v of a branch is taken to be 0.
        T a4 = default, a3 = T.Load(ref states, 6 * T.Count),
            a2 = T.MultiplyAdd(s4, a3, T.Load(ref states, 4 * T.Count));
        T a1 = T.MultiplyAdd(s2, a2, T.Load(ref states, 2 * T.Count)),
            a0 = T.MultiplyAdd(s0, a1, T.Load(ref states, 0));
        T b4 = default, b3 = T.Load(ref states, 7 * T.Count),
            b2 = T.MultiplyAdd(s5, b3, T.Load(ref states, 5 * T.Count));
        T b1 = T.MultiplyAdd(s3, b2, T.Load(ref states, 3 * T.Count)),
            b0 = T.MultiplyAdd(s1, b1, T.Load(ref states, T.Count));
        T c2 = default, c1 = T.Load(ref states, 10 * T.Count),
            c0 = T.MultiplyAdd(w0, c1, T.Load(ref states, 8 * T.Count));
        T d2 = default, d1 = T.Load(ref states, 11 * T.Count),
            d0 = T.MultiplyAdd(w1, d1, T.Load(ref states, 9 * T.Count));
        for (int i = 0; i < BlockStateSpaceDesign.Frames * T.Count; i += T.Count)
        {
            var input = T.Load(ref x, i);
            var p = T.MultiplyAdd(s0, input - a1, a0);
            a0 = input;
            var q = T.MultiplyAdd(s2, p - a2, a1);
            a1 = p;
            p = T.MultiplyAdd(s4, q - a3, a2);
            a2 = q;
            var older = T.MultiplyAdd(s6, p - a4, a3);
            a3 = p;
            a4 = older;

            p = T.MultiplyAdd(s1, input - b1, b0);
            b0 = input;
            q = T.MultiplyAdd(s3, p - b2, b1);
            b1 = p;
            p = T.MultiplyAdd(s5, q - b3, b2);
            b2 = q;
            var newer = T.MultiplyAdd(s7, p - b4, b3);
            b3 = p;
            b4 = newer;

            p = T.MultiplyAdd(w0, older - c1, c0);
            q = T.MultiplyAdd(w2, p - c2, c1);
            q.Store(ref y, 4 * i);
            c0 = T.MultiplyAdd(w0, newer - p, older);
            c2 = T.MultiplyAdd(w2, c0 - q, p);
            c2.Store(ref y, (4 * i) + (2 * T.Count));
            (c0, c1) = (newer, c0);

            p = T.MultiplyAdd(w1, older - d1, d0);
            q = T.MultiplyAdd(w3, p - d2, d1);
            q.Store(ref y, (4 * i) + T.Count);
            d0 = T.MultiplyAdd(w1, newer - p, older);
            d2 = T.MultiplyAdd(w3, d0 - q, p);
            d2.Store(ref y, (4 * i) + (3 * T.Count));
            (d0, d1) = (newer, d0);
        }
    }

    /// <summary>Four samples in, one out, for a cell that begins at rest.</summary>
    /// <param name="x">Four rows of lanes a frame.</param>
    /// <param name="y">A row a frame.</param>
    /// <param name="states">Set to the sections' states behind the last frame: the wide filter's four rows, then the
    /// steep one's eight.</param>
    /// <param name="steep">The steep filter's coefficients.</param>
    /// <param name="wide">The wide filter's.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Down<T>(ref float x, ref float y, ref float states, ReadOnlySpan<float> steep,
        ReadOnlySpan<float> wide)
        where T : struct, ILanes<T>
    {
        T s0 = T.All(steep[0]), s1 = T.All(steep[1]), s2 = T.All(steep[2]), s3 = T.All(steep[3]);
        T s4 = T.All(steep[4]), s5 = T.All(steep[5]), s6 = T.All(steep[6]), s7 = T.All(steep[7]);
        T w0 = T.All(wide[0]), w1 = T.All(wide[1]), w2 = T.All(wide[2]), w3 = T.All(wide[3]);
        T a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        T c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
        var quarter = T.All(OversamplerDesign.DownScale);
        for (int i = 0; i < BlockStateSpaceDesign.Frames * T.Count; i += T.Count)
        {
            T even = T.Load(ref x, 4 * i), odd = T.Load(ref x, (4 * i) + T.Count);
            var p = T.MultiplyAdd(w0, odd - c1, c0);
            var q = T.MultiplyAdd(w2, p - c2, c1);
            T r = T.MultiplyAdd(w1, even - d1, d0), s = T.MultiplyAdd(w3, r - d2, d1);
            var older = q + s;
            T even2 = T.Load(ref x, (4 * i) + (2 * T.Count)), odd2 = T.Load(ref x, (4 * i) + (3 * T.Count));
            c1 = T.MultiplyAdd(w0, odd2 - p, odd);
            c2 = T.MultiplyAdd(w2, c1 - q, p);
            c0 = odd2;
            d1 = T.MultiplyAdd(w1, even2 - r, even);
            d2 = T.MultiplyAdd(w3, d1 - s, r);
            d0 = even2;
            var newer = c2 + d2;

            p = T.MultiplyAdd(s0, newer - a1, a0);
            a0 = newer;
            q = T.MultiplyAdd(s2, p - a2, a1);
            a1 = p;
            p = T.MultiplyAdd(s4, q - a3, a2);
            a2 = q;
            a4 = T.MultiplyAdd(s6, p - a4, a3);
            a3 = p;

            p = T.MultiplyAdd(s1, older - b1, b0);
            b0 = older;
            q = T.MultiplyAdd(s3, p - b2, b1);
            b1 = p;
            p = T.MultiplyAdd(s5, q - b3, b2);
            b2 = q;
            b4 = T.MultiplyAdd(s7, p - b4, b3);
            b3 = p;
            (quarter * (a4 + b4)).Store(ref y, i);
        }

        (c0 - (w0 * c1)).Store(ref states, 0);
        (d0 - (w1 * d1)).Store(ref states, T.Count);
        (c1 - (w2 * c2)).Store(ref states, 2 * T.Count);
        (d1 - (w3 * d2)).Store(ref states, 3 * T.Count);
        (a0 - (s0 * a1)).Store(ref states, 4 * T.Count);
        (b0 - (s1 * b1)).Store(ref states, 5 * T.Count);
        (a1 - (s2 * a2)).Store(ref states, 6 * T.Count);
        (b1 - (s3 * b2)).Store(ref states, 7 * T.Count);
        (a2 - (s4 * a3)).Store(ref states, 8 * T.Count);
        (b2 - (s5 * b3)).Store(ref states, 9 * T.Count);
        (a3 - (s6 * a4)).Store(ref states, 10 * T.Count);
        (b3 - (s7 * b4)).Store(ref states, 11 * T.Count);
    }

    /// <summary>
    /// Lifts high frequencies as much as the mean of two neighbours lowers them, one sample later, in place.
    /// </summary>
    /// <param name="x">Two rows of lanes before the samples, then theirs.</param>
    /// <param name="count">Rows of samples.</param>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(Kernel.Strength)]
    public static void Lift<T>(ref float x, int count)
        where T : struct, ILanes<T>
    {
        T middle = T.All(1 + (2 * OversamplerDesign.Lift)), side = T.All(-OversamplerDesign.Lift);
        T two = T.Load(ref x, 0), one = T.Load(ref x, T.Count);
        for (int i = 2 * T.Count; i < (2 + count) * T.Count; i += T.Count)
        {
            var now = T.Load(ref x, i);
            T.MultiplyAdd(middle, one, side * (now + two)).Store(ref x, i);
            (two, one) = (one, now);
        }
    }
}
