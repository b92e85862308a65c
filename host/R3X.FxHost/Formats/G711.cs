using System;
using System.Numerics;

namespace R3X.FxHost.Formats;

/// <summary>
/// ITU-T G.711: telephone samples of one byte, in both of its laws, on the scale of 16-bit samples. NAudio's is not
/// used: its A-law of -32,768 is wrong.
/// </summary>
internal static class G711
{
    private const int MuLawBias = 0x84;
    private const int MuLawClip = 32_635;

    private static readonly float[] FromMuLaw = Table(MuLawToInt16);
    private static readonly float[] FromALaw = Table(ALawToInt16);

    /// <summary>256 samples, full scale at 1.0, by mu-law byte.</summary>
    public static ReadOnlySpan<float> MuLawSamples => FromMuLaw;

    /// <summary>256 samples, full scale at 1.0, by A-law byte.</summary>
    public static ReadOnlySpan<float> ALawSamples => FromALaw;

    /// <summary>The mu-law byte of a 16-bit sample.</summary>
    public static byte ToMuLaw(int sample)
    {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.Min(Math.Abs(sample), MuLawClip) + MuLawBias;
        int segment = BitOperations.Log2((uint)magnitude) - 7;
        return (byte)~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
    }

    /// <summary>The A-law byte of a 16-bit sample.</summary>
    public static byte ToALaw(int sample)
    {
        int sign = sample < 0 ? 0 : 0x80;
        // The law counts magnitudes below zero from -1, so that both halves have the same number of steps.
        int magnitude = sample < 0 ? Math.Min(-sample - 1, short.MaxValue) : sample;
        int segment = magnitude < 256 ? 0 : BitOperations.Log2((uint)magnitude) - 7;
        int step = (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0F;
        return (byte)((sign | (segment << 4) | step) ^ 0x55);
    }

    private static int MuLawToInt16(int code)
    {
        int inverted = ~code & 0xFF;
        int magnitude = ((((inverted & 0x0F) << 3) + MuLawBias) << ((inverted >> 4) & 7)) - MuLawBias;
        return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int ALawToInt16(int code)
    {
        int toggled = code ^ 0x55;
        int segment = (toggled >> 4) & 7;
        int magnitude = ((toggled & 0x0F) << 4) + 8;
        if (segment > 0)
            magnitude = (magnitude + 0x100) << (segment - 1);
        return (toggled & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static float[] Table(Func<int, int> toInt16)
    {
        float[] table = new float[256];
        for (int code = 0; code < table.Length; code++)
            table[code] = toInt16(code) / 32_768f;
        return table;
    }
}
