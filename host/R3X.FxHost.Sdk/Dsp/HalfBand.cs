using System;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Doubles or halves one channel's sample rate. Two branches of allpasses y = x1 + a (x - y1) run at the lower rate, side by
/// side; one section's last output is the next one's last input, so n sections keep n + 1 samples. Audio thread.
/// </summary>
internal sealed class HalfBand
{
    /// <summary>Sections in both branches of a steep filter: the first doubling, right above the sound.</summary>
    public const int Steep = 8;

    /// <summary>Sections in both branches of a wide filter: the second doubling, with an octave of room.</summary>
    public const int Wide = 4;

    private readonly float[] _a;
    private readonly float[] _memory;

    /// <param name="coefficients"><see cref="Steep"/> or <see cref="Wide"/> coefficients.</param>
    public HalfBand(float[] coefficients)
    {
        _a = coefficients;
        _memory = new float[coefficients.Length + 2];
    }

    /// <summary>Makes two samples of each.</summary>
    /// <param name="input">Samples at the lower rate.</param>
    /// <param name="output">Twice as many.</param>
    public void Up(ReadOnlySpan<float> input, Span<float> output)
    {
        if (_a.Length == Steep)
            SteepPass(input, 0, 1, output, up: true);
        else
            WidePass(input, 0, 1, output, up: true);
    }

    /// <summary>Makes one sample of every two.</summary>
    /// <param name="input">Samples at the higher rate.</param>
    /// <param name="output">Half as many; may be the memory of the input.</param>
    public void Down(ReadOnlySpan<float> input, Span<float> output)
    {
        // The newer sample goes through the first branch, the older through the second: that delay is the 1/z between them.
        if (_a.Length == Steep)
            SteepPass(input, 1, 2, output, up: false);
        else
            WidePass(input, 1, 2, output, up: false);
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush()
    {
        foreach (ref float m in _memory.AsSpan())
            m = Denormal.Flush(m);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_memory);

    private void SteepPass(ReadOnlySpan<float> input, int first, int step, Span<float> output, bool up)
    {
        float a0 = _a[0], a1 = _a[2], a2 = _a[4], a3 = _a[6];
        float b0 = _a[1], b1 = _a[3], b2 = _a[5], b3 = _a[7];
        var m = _memory.AsSpan(0, Steep + 2);
        float p0 = m[0], p1 = m[1], p2 = m[2], p3 = m[3], p4 = m[4];
        float q0 = m[5], q1 = m[6], q2 = m[7], q3 = m[8], q4 = m[9];
        int count = input.Length / step;
        for (int i = 0; i < count; i++)
        {
            float p = input[(i * step) + first];
            float q = input[i * step];
            float u0 = Section(a0, p, p0, p1);
            float v0 = Section(b0, q, q0, q1);
            float u1 = Section(a1, u0, p1, p2);
            float v1 = Section(b1, v0, q1, q2);
            float u2 = Section(a2, u1, p2, p3);
            float v2 = Section(b2, v1, q2, q3);
            float u3 = Section(a3, u2, p3, p4);
            float v3 = Section(b3, v2, q3, q4);
            (p0, p1, p2, p3, p4) = (p, u0, u1, u2, u3);
            (q0, q1, q2, q3, q4) = (q, v0, v1, v2, v3);
            if (up)
            {
                output[2 * i] = u3;
                output[(2 * i) + 1] = v3;
            }
            else
            {
                output[i] = 0.5f * (u3 + v3);
            }
        }

        (m[0], m[1], m[2], m[3], m[4]) = (p0, p1, p2, p3, p4);
        (m[5], m[6], m[7], m[8], m[9]) = (q0, q1, q2, q3, q4);
    }

    private void WidePass(ReadOnlySpan<float> input, int first, int step, Span<float> output, bool up)
    {
        float a0 = _a[0], a1 = _a[2], b0 = _a[1], b1 = _a[3];
        var m = _memory.AsSpan(0, Wide + 2);
        float p0 = m[0], p1 = m[1], p2 = m[2], q0 = m[3], q1 = m[4], q2 = m[5];
        int count = input.Length / step;
        for (int i = 0; i < count; i++)
        {
            float p = input[(i * step) + first];
            float q = input[i * step];
            float u0 = Section(a0, p, p0, p1);
            float v0 = Section(b0, q, q0, q1);
            float u1 = Section(a1, u0, p1, p2);
            float v1 = Section(b1, v0, q1, q2);
            (p0, p1, p2) = (p, u0, u1);
            (q0, q1, q2) = (q, v0, v1);
            if (up)
            {
                output[2 * i] = u1;
                output[(2 * i) + 1] = v1;
            }
            else
            {
                output[i] = 0.5f * (u1 + v1);
            }
        }

        (m[0], m[1], m[2], m[3], m[4], m[5]) = (p0, p1, p2, q0, q1, q2);
    }

    // x1 + a (x - y1), arranged so that only one step lies between a section's last output and its next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Section(float a, float x, float x1, float y1) =>
        Fused.MultiplyAdd(-a, y1, Fused.MultiplyAdd(a, x, x1));
}
