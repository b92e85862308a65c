using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

// The members are those of ILanes, whose documentation need not be repeated.
#pragma warning disable CS1591

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>Sixteen lanes, for machines with AVX-512. Use only where <c>Vector512.IsHardwareAccelerated</c>.</summary>
public readonly struct Lanes16 : ILanes<Lanes16>
{
    private readonly Vector512<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes16(Vector512<float> v) => _v = v;

    public static int Count => 16;

    public float Last
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v.GetElement(15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(ref readonly float from, int at) => new(Vector512.LoadUnsafe(in from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) =>
        new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Vector512.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 FlushBelow(Lanes16 a, Lanes16 floor) =>
        new(a._v & Vector512.GreaterThanOrEqual(Vector512.Abs(a._v), floor._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftUp1(Lanes16 a) =>
        new(Avx512F.AlignRight32(a._v.AsInt32(), Vector512<int>.Zero, 15).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftUp2(Lanes16 a) =>
        new(Avx512F.AlignRight32(a._v.AsInt32(), Vector512<int>.Zero, 14).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftUp4(Lanes16 a) =>
        new(Avx512F.AlignRight32(a._v.AsInt32(), Vector512<int>.Zero, 12).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftUp8(Lanes16 a) =>
        new(Avx512F.AlignRight32(a._v.AsInt32(), Vector512<int>.Zero, 8).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Power(Lanes16 a, out Lanes16 mantissa)
    {
        var bits = a._v.AsInt32();
        var power = Vector512.ShiftRightArithmetic(bits - Vector512.Create(0x3F3504F3), 23);
        mantissa = new((bits - Vector512.ShiftLeft(power, 23)).AsSingle());
        return new(Vector512.ConvertToSingle(power));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Round(Lanes16 a) => new(Vector512.Floor(a._v + Vector512.Create(0.5f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 PowerOfTwo(Lanes16 power) =>
        new(Vector512.ShiftLeft(Vector512.ConvertToInt32Native(power._v) + Vector512.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, int at) => _v.StoreUnsafe(ref to, (nuint)at);
}
