using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Sets decayed state to zero. .NET has no flush-to-zero switch, and arithmetic on denormals costs several times as
/// much; flush filter and delay state once a block.
/// </summary>
public static class Denormal
{
    /// <summary>Below this nothing can be heard: -400 dBFS.</summary>
    public const double Floor = 1e-20;

    /// <summary>0 for a value too small to matter, else the value.</summary>
    /// <param name="value">Filter or envelope state.</param>
    public static double Flush(double value) => Math.Abs(value) < Floor ? 0 : value;

    /// <inheritdoc cref="Flush(double)"/>
    public static float Flush(float value) => Math.Abs(value) < (float)Floor ? 0 : value;

    /// <summary>Sets all values too small to matter to 0.</summary>
    /// <param name="values">Delay memory; changed in place.</param>
    public static void Flush(Span<float> values) => Flush(values, values, (float)Floor);

    /// <summary>Copies values, and 0 for those whose magnitude is below a floor.</summary>
    /// <param name="values">What to copy.</param>
    /// <param name="flushed">Where to; at least as long.</param>
    /// <param name="floor">The floor.</param>
    internal static void Flush(ReadOnlySpan<float> values, Span<float> flushed, float floor)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(flushed[..values.Length]);
        int i = 0;
        // What is read next is read in registers as wide: a wide load from two narrow stores that are still on their
        // way waits for both.
        var floors = Vector512.Create(floor);
        for (; Vector512.IsHardwareAccelerated && i <= values.Length - Vector512<float>.Count;
            i += Vector512<float>.Count)
        {
            var x = Vector512.LoadUnsafe(ref from, (nuint)i);
            Vector512.AndNot(x, Vector512.LessThan(Vector512.Abs(x), floors)).StoreUnsafe(ref to, (nuint)i);
        }

        var least = new Vector<float>(floor);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Vector.LoadUnsafe(ref from, (nuint)i);
            Vector.StoreUnsafe(Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), least), Vector<float>.Zero, x),
                ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
            flushed[i] = Math.Abs(values[i]) < floor ? 0 : values[i];
    }
}
