using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>A line of MP3, cut into its frames: one every 26 ms, as a speech service sends them.</summary>
internal sealed class Mp3Line
{
    private const int SamplesOfFrame = 1_152;
    private static readonly int[] Rates = [44_100, 48_000, 32_000];
    private static readonly int[] KilobitsOfLayer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private readonly byte[][] _chunks;

    private Mp3Line(byte[][] chunks, int sampleRate) => (_chunks, SampleRate) = (chunks, sampleRate);

    public int SampleRate { get; }

    public double ChunkSeconds => (double)SamplesOfFrame / SampleRate;

    /// <summary>A chunk of a line that goes on and on, with the head that HTTP puts in front of it.</summary>
    public ReadOnlySpan<byte> Chunk(int number) => _chunks[number % _chunks.Length];

    /// <summary>Cuts a file of MPEG-1 layer III.</summary>
    public static Mp3Line Of(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        if (bytes.StartsWith("ID3"u8))
            bytes = bytes[(10 + (bytes[6] << 21) + (bytes[7] << 14) + (bytes[8] << 7) + bytes[9])..];
        int rate = Rates[(bytes[2] >> 2) & 3];
        List<byte[]> chunks = [];
        while (bytes.Length >= 4 && bytes[0] == 0xFF)
        {
            int kilobits = KilobitsOfLayer3[bytes[2] >> 4];
            int length = (SamplesOfFrame / 8 * kilobits * 1_000 / rate) + ((bytes[2] >> 1) & 1);
            if (length > bytes.Length)
                break;
            ReadOnlySpan<byte> frame = bytes[..length];
            bytes = bytes[length..];
            // The first frame holds no sound but says how long the line is, and this one has no end.
            if (frame.IndexOf("Info"u8) < 0 && frame.IndexOf("Xing"u8) < 0)
                chunks.Add(InHttp(frame));
        }

        return new Mp3Line([.. chunks], rate);
    }

    private static byte[] InHttp(ReadOnlySpan<byte> frame) =>
        [.. System.Text.Encoding.ASCII.GetBytes(frame.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
            .. frame, .. "\r\n"u8];
}
