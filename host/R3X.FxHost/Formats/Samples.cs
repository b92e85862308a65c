using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Formats;

/// <summary>Samples, full scale at 1.0, from bytes and to bytes.</summary>
internal static class Samples
{
    // No microphone and no mix comes near it, even in the range of 32-bit integers: such a float is a damaged byte, not
    // a sound.
    private const float Absurd = 1e10f;

    /// <summary>Bytes of one sample.</summary>
    public static int Size(SampleCoding coding) => coding switch
    {
        SampleCoding.Unsigned8 or SampleCoding.MuLaw or SampleCoding.ALaw => 1,
        SampleCoding.Int16 => 2,
        SampleCoding.Int24 => 3,
        SampleCoding.Int32 or SampleCoding.Float32 => 4,
        _ => 8,
    };

    /// <summary>
    /// Whether bytes named 16-bit samples are 32-bit float ones: each four make a sound between -120 dBFS and full
    /// scale, or none, which of 16-bit samples every second one would have to be within a tenth of its range for.
    /// </summary>
    /// <param name="start">The first bytes; 24 or more tell.</param>
    public static bool LooksLikeFloat(ReadOnlySpan<byte> start)
    {
        int sounding = 0;
        for (; start.Length >= sizeof(float); start = start[sizeof(float)..])
        {
            float sample = MathF.Abs(BinaryPrimitives.ReadSingleLittleEndian(start));
            if (sample is not (0 or (>= 1e-6f and <= 1)))
                return false;
            sounding += sample == 0 ? 0 : 1;
        }

        return sounding > 4;
    }

    /// <summary>Reads one sample every <paramref name="stride"/> bytes, as many as the target holds.</summary>
    /// <returns>How many were not numbers, or absurdly large, and are silence now.</returns>
    public static int Read(SampleCoding coding, ReadOnlySpan<byte> bytes, int stride, Span<float> target)
    {
        if (BitConverter.IsLittleEndian && stride == Size(coding)
            && coding is (SampleCoding.Int16 or SampleCoding.Float32))
            return ReadMono(coding, bytes, target);
        switch (coding)
        {
            case SampleCoding.Unsigned8:
                for (int i = 0; i < target.Length; i++)
                    target[i] = (bytes[i * stride] - 128) * (1f / 128);
                return 0;
            case SampleCoding.Int16:
                for (int i = 0; i < target.Length; i++)
                    target[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * stride)..]) * (1f / 32_768);
                return 0;
            case SampleCoding.Int24:
                for (int i = 0; i < target.Length; i++)
                {
                    ReadOnlySpan<byte> three = bytes.Slice(i * stride, 3);
                    target[i] = (three[0] | (three[1] << 8) | ((sbyte)three[2] << 16)) * (1f / 8_388_608);
                }

                return 0;
            case SampleCoding.Int32:
                for (int i = 0; i < target.Length; i++)
                    target[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * stride)..]) * (1f / 2_147_483_648);
                return 0;
            case SampleCoding.MuLaw:
                return Look(G711.MuLawSamples, bytes, stride, target);
            case SampleCoding.ALaw:
                return Look(G711.ALawSamples, bytes, stride, target);
            case SampleCoding.Float32:
                for (int i = 0; i < target.Length; i++)
                    target[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * stride)..]);
                return SilenceDamage(target);
            default:
                for (int i = 0; i < target.Length; i++)
                    target[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * stride)..]);
                return SilenceDamage(target);
        }
    }

    /// <summary>Writes one sample every <paramref name="stride"/> bytes, rounded and clipped where it has to
    /// be.</summary>
    /// <param name="coding">Int24, Float32, MuLaw or ALaw; Int16 wants dither first.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="bytes">Where the first one goes.</param>
    /// <param name="stride">Bytes from one to the next.</param>
    public static void Write(SampleCoding coding, ReadOnlySpan<float> samples, Span<byte> bytes, int stride)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Span<byte> target = bytes[(i * stride)..];
            switch (coding)
            {
                case SampleCoding.Int24:
                    int value = Rounded(samples[i], 8_388_608);
                    (target[0], target[1], target[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
                    break;
                case SampleCoding.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(target, samples[i]);
                    break;
                // The laws' own steps are coarser than dither at 16 bits could smooth: plain rounding.
                case SampleCoding.MuLaw:
                    target[0] = G711.ToMuLaw(Rounded(samples[i], 32_768));
                    break;
                case SampleCoding.ALaw:
                    target[0] = G711.ToALaw(Rounded(samples[i], 32_768));
                    break;
                default:
                    throw new NotSupportedException($"{coding} is not written.");
            }
        }
    }

    private static int Rounded(float sample, int fullScale)
        => float.IsNaN(sample) ? 0 : (int)Math.Clamp(MathF.Round(sample * fullScale), -fullScale, fullScale - 1);

    // What most lines are, without a look at every sample's place.
    private static int ReadMono(SampleCoding coding, ReadOnlySpan<byte> bytes, Span<float> target)
    {
        if (coding == SampleCoding.Float32)
        {
            MemoryMarshal.Cast<byte, float>(bytes)[..target.Length].CopyTo(target);
            return SilenceDamage(target);
        }

        ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(bytes)[..target.Length];
        int at = 0;
        for (; Vector256.IsHardwareAccelerated
            && at <= samples.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            var eight = Vector128.LoadUnsafe(in samples[0], (nuint)at);
            var wide = Vector256.Create(Vector128.WidenLower(eight), Vector128.WidenUpper(eight));
            (Vector256.ConvertToSingle(wide) * (1f / 32_768)).StoreUnsafe(ref target[0], (nuint)at);
        }

        for (; at < samples.Length; at++)
            target[at] = samples[at] * (1f / 32_768);
        return 0;
    }

    private static int Look(ReadOnlySpan<float> table, ReadOnlySpan<byte> bytes, int stride, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = table[bytes[i * stride]];
        return 0;
    }

    private static int SilenceDamage(Span<float> samples)
    {
        int damaged = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            // Written so that NaN fails it too.
            if (!(MathF.Abs(samples[i]) <= Absurd))
            {
                samples[i] = 0;
                damaged++;
            }
        }

        return damaged;
    }
}
