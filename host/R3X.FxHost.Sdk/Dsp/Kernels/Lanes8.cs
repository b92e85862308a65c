using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

// The members are those of ILanes, whose documentation need not be repeated.
#pragma warning disable CS1591

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>Eight lanes, for machines with AVX2.</summary>
public readonly struct Lanes8 : ILanes<Lanes8>
{
    private readonly Vector256<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes8(Vector256<float> v) => _v = v;

    public static int Count => 8;

    public float Last
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v.GetElement(7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 All(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref readonly float from, int at) => new(Vector256.LoadUnsafe(in from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) =>
        Fma.IsSupported ? new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v)) : new((a._v * b._v) + c._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Vector256.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FlushBelow(Lanes8 a, Lanes8 floor) =>
        new(a._v & Vector256.GreaterThanOrEqual(Vector256.Abs(a._v), floor._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ShiftUp1(Lanes8 a) =>
        new(Vector256.Shuffle(a._v, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6))
            & Vector256.Create(0, -1, -1, -1, -1, -1, -1, -1).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ShiftUp2(Lanes8 a) =>
        new(Vector256.Shuffle(a._v, Vector256.Create(0, 0, 0, 1, 2, 3, 4, 5))
            & Vector256.Create(0, 0, -1, -1, -1, -1, -1, -1).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ShiftUp4(Lanes8 a) =>
        new(Vector256.Shuffle(a._v, Vector256.Create(0, 0, 0, 0, 0, 1, 2, 3))
            & Vector256.Create(0, 0, 0, 0, -1, -1, -1, -1).AsSingle());

    public static Lanes8 ShiftUp8(Lanes8 a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Power(Lanes8 a, out Lanes8 mantissa)
    {
        var bits = a._v.AsInt32();
        var power = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3F3504F3), 23);
        mantissa = new((bits - Vector256.ShiftLeft(power, 23)).AsSingle());
        return new(Vector256.ConvertToSingle(power));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Round(Lanes8 a) => new(Vector256.Floor(a._v + Vector256.Create(0.5f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 PowerOfTwo(Lanes8 power) =>
        new(Vector256.ShiftLeft(Vector256.ConvertToInt32Native(power._v) + Vector256.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, int at) => _v.StoreUnsafe(ref to, (nuint)at);
}
