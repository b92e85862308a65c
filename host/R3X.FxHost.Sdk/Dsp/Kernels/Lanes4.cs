using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

// The members are those of ILanes, whose documentation need not be repeated.
#pragma warning disable CS1591

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>Four lanes, for every machine: what ARM boards have.</summary>
public readonly struct Lanes4 : ILanes<Lanes4>
{
    private readonly Vector128<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes4(Vector128<float> v) => _v = v;

    public static int Count => 4;

    public float Last
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v.GetElement(3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 All(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref readonly float from, int at) => new(Vector128.LoadUnsafe(in from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) =>
        Fma.IsSupported || AdvSimd.IsSupported ? new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v))
            : new((a._v * b._v) + c._v);

    /// <summary>The same on bare registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        MultiplyAdd(new Lanes4(a), new Lanes4(b), new Lanes4(c))._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Vector128.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector128.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 a) => new(Vector128.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FlushBelow(Lanes4 a, Lanes4 floor) =>
        new(a._v & Vector128.GreaterThanOrEqual(Vector128.Abs(a._v), floor._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ShiftUp1(Lanes4 a) =>
        new(Vector128.Shuffle(a._v, Vector128.Create(0, 0, 1, 2)) & Vector128.Create(0, -1, -1, -1).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ShiftUp2(Lanes4 a) =>
        new(Vector128.Shuffle(a._v, Vector128.Create(0, 0, 0, 1)) & Vector128.Create(0, 0, -1, -1).AsSingle());

    public static Lanes4 ShiftUp4(Lanes4 a) => default;

    public static Lanes4 ShiftUp8(Lanes4 a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Power(Lanes4 a, out Lanes4 mantissa)
    {
        var bits = a._v.AsInt32();
        var power = Vector128.ShiftRightArithmetic(bits - Vector128.Create(0x3F3504F3), 23);
        mantissa = new((bits - Vector128.ShiftLeft(power, 23)).AsSingle());
        return new(Vector128.ConvertToSingle(power));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 a) => new(Vector128.Floor(a._v + Vector128.Create(0.5f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 PowerOfTwo(Lanes4 power) =>
        new(Vector128.ShiftLeft(Vector128.ConvertToInt32Native(power._v) + Vector128.Create(127), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, int at) => _v.StoreUnsafe(ref to, (nuint)at);
}
