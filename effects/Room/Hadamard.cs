using System.Numerics;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Effects;

/// <summary>
/// Mixes eight channels so that each hears all others equally loud and no energy is lost: the Hadamard matrix over the
/// root of eight, by three stages of sums and differences.
/// </summary>
internal static class Hadamard
{
    private const float Share = 0.35355339f;

    /// <summary>Mixes in place; a vector of frames of every channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mix(
        ref Vector<float> a, ref Vector<float> b, ref Vector<float> c, ref Vector<float> d,
        ref Vector<float> e, ref Vector<float> f, ref Vector<float> g, ref Vector<float> h)
    {
        (a, b) = (a + b, a - b);
        (c, d) = (c + d, c - d);
        (e, f) = (e + f, e - f);
        (g, h) = (g + h, g - h);
        (a, c) = (a + c, a - c);
        (b, d) = (b + d, b - d);
        (e, g) = (e + g, e - g);
        (f, h) = (f + h, f - h);
        (a, e) = ((a + e) * Share, (a - e) * Share);
        (b, f) = ((b + f) * Share, (b - f) * Share);
        (c, g) = ((c + g) * Share, (c - g) * Share);
        (d, h) = ((d + h) * Share, (d - h) * Share);
    }
}
