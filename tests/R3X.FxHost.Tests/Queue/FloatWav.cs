using System.IO;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Tests.Queue;

/// <summary>A WAV file of 32-bit float samples, mono: every value stays what it is.</summary>
internal static class FloatWav
{
    public static byte[] Of(float[] samples, int rate)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        int data = samples.Length * sizeof(float);
        writer.Write("RIFF"u8);
        writer.Write(36 + data);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate * sizeof(float));
        writer.Write((short)sizeof(float));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(data);
        writer.Write(MemoryMarshal.AsBytes<float>(samples));
        return bytes.ToArray();
    }
}
