using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>Logarithm and power to base 2, eight or more samples at a time, for levels in decibels and back.</summary>
public static class Exponential
{
    /// <summary>Decibels in a factor of two: dB = this * log2(gain).</summary>
    public const float DecibelsPerOctave = 6.0205999f;

    /// <summary>Factors of two in a decibel: gain = 2^(this * dB).</summary>
    public const float OctavesPerDecibel = 0.16609640f;

    /// <summary>log2 x within 2e-7 of an octave: exponent and 2/ln2 atanh((m-1)/(m+1)) of the mantissa.</summary>
    /// <param name="x">Positive, normal values; others give no useful result.</param>
    public static Vector<float> Log2(Vector<float> x)
    {
        // The mantissa is taken between the root of a half and the root of two, where the series is shortest.
        var bits = Vector.AsVectorInt32(x);
        var exponent = Vector.ShiftRightArithmetic(bits - new Vector<int>(0x3F3504F3), 23);
        var mantissa = Vector.AsVectorSingle(bits - Vector.ShiftLeft(exponent, 23));
        var s = (mantissa - Vector<float>.One) / (mantissa + Vector<float>.One);
        var s2 = s * s;
        var p = (s2 * 0.32059889f) + new Vector<float>(0.41219858f);
        p = (s2 * p) + new Vector<float>(0.57707802f);
        p = (s2 * p) + new Vector<float>(0.96179669f);
        p = (s2 * p) + new Vector<float>(2.8853901f);
        return (s * p) + Vector.ConvertToSingle(exponent);
    }

    /// <summary>2^x within a relative 2e-7, exactly 1 at 0.</summary>
    /// <param name="x">Exponents, taken to between -126 and 126.</param>
    public static Vector<float> Exp2(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, new Vector<float>(-126)), new Vector<float>(126));
        var whole = Vector.Floor(x + new Vector<float>(0.5f));
        var f = x - whole;
        var p = (f * 1.5252734e-5f) + new Vector<float>(1.5403530e-4f);
        p = (f * p) + new Vector<float>(1.3333558e-3f);
        p = (f * p) + new Vector<float>(9.6181291e-3f);
        p = (f * p) + new Vector<float>(5.5504109e-2f);
        p = (f * p) + new Vector<float>(0.24022651f);
        p = (f * p) + new Vector<float>(0.69314718f);
        p = (f * p) + Vector<float>.One;
        return p * Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32(whole) + new Vector<int>(127), 23));
    }

    /// <inheritdoc cref="Log2(Vector{float})"/>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log2<T>(T x)
        where T : struct, ILanes<T>
    {
        var power = T.Power(x, out var mantissa);
        var s = (mantissa - T.All(1)) / (mantissa + T.All(1));
        var s2 = s * s;
        var p = T.MultiplyAdd(s2, T.All(0.32059889f), T.All(0.41219858f));
        p = T.MultiplyAdd(s2, p, T.All(0.57707802f));
        p = T.MultiplyAdd(s2, p, T.All(0.96179669f));
        p = T.MultiplyAdd(s2, p, T.All(2.8853901f));
        return T.MultiplyAdd(s, p, power);
    }

    /// <inheritdoc cref="Exp2(Vector{float})"/>
    /// <typeparam name="T">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp2<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.Min(T.Max(x, T.All(-126)), T.All(126));
        var whole = T.Round(x);
        var f = x - whole;
        var p = T.MultiplyAdd(f, T.All(1.5252734e-5f), T.All(1.5403530e-4f));
        p = T.MultiplyAdd(f, p, T.All(1.3333558e-3f));
        p = T.MultiplyAdd(f, p, T.All(9.6181291e-3f));
        p = T.MultiplyAdd(f, p, T.All(5.5504109e-2f));
        p = T.MultiplyAdd(f, p, T.All(0.24022651f));
        p = T.MultiplyAdd(f, p, T.All(0.69314718f));
        p = T.MultiplyAdd(f, p, T.All(1));
        return p * T.PowerOfTwo(whole);
    }
}
