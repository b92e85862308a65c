using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// a * b + c in one step where the processor has one: in a recursive filter, half the way from the old state to the
/// new. One machine always takes the same way, so a line sounds the same bit for bit whenever it is processed there.
/// </summary>
internal static class Fused
{
    private static bool IsFast => Fma.IsSupported || AdvSimd.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) =>
        IsFast ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double a, double b, double c) =>
        IsFast ? Math.FusedMultiplyAdd(a, b, c) : (a * b) + c;
}
