using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>
/// Float samples in the range of integers are brought to full scale 1, and everything else is left as it is.
/// </summary>
public sealed class FloatRangeTests
{
    private const int Rate = 24_000;
    private static readonly float[] Tone = Decoded.From(Tones.Int16(440, 0.5, Rate), "pcm_24000").Channels[0];

    [Theory]
    [InlineData(32_768, 4)]
    [InlineData(32_768, 8)]
    [InlineData(8_388_608, 4)]
    [InlineData(2_147_483_648, 4)]
    public void They_are_divided_by_their_full_scale_however_they_arrive(double fullScale, int sampleBytes)
    {
        foreach (int lead in (int[])[0, 100, 5_000])
        {
            float[] line = [.. new float[lead], .. Tone];
            byte[] file = Wav([.. line.Select(sample => sample * fullScale)], sampleBytes);
            Decoded decoded = Decoded.From(file);
            Assert.Equal(line, decoded.Channels[0]);
            Assert.Contains("range of integers", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
            Assert.True(decoded.SameSamples(Decoded.From(file, cuts: [1])));
            Assert.True(decoded.SameSamples(Decoded.From(file, cuts: [1_001, 17], room: 100)));
        }
    }

    [Fact]
    public void A_room_that_hisses_in_front_of_the_voice_is_as_quiet_as_it_was()
    {
        var random = new Random(3);
        foreach (bool whole in (bool[])[false, true])
        {
            double[] line = [.. new double[7_000], .. Tone.Select(s => s * 32_768.0)];
            for (int i = 0; i < line.Length; i++)
            {
                if (i < 7_000)
                    line[i] = (random.NextDouble() * 4) - 2;
                if (whole)
                    line[i] = Math.Round(line[i]);
            }

            Decoded decoded = Decoded.From(Wav(line, 4));
            Assert.InRange(decoded.Channels[0][..7_000].Max(Math.Abs), 0, 2f / 32_768);
        }
    }

    [Fact]
    public void A_line_within_full_scale_a_hot_one_and_a_damaged_one_stay_as_they_are()
    {
        foreach (double gain in (double[])[0.001, 1, 3.3, 10])
        {
            float[] line = [.. Tone.Select(sample => (float)(sample * gain))];
            Decoded decoded = Decoded.From(Wav([.. line.Select(s => (double)s)], 4), cuts: [999]);
            Assert.Equal(line, decoded.Channels[0]);
            Assert.Empty(decoded.Warnings);
        }

        double[] damaged = [.. Tone.Select(s => (double)s)];
        damaged[3_000] = 20_000;
        Assert.Equal(Tone[3_001..], Decoded.From(Wav(damaged, 4)).Channels[0][3_001..]);
        float[] square = [.. Enumerable.Range(0, Rate).Select(i => i / 50 % 2 == 0 ? 1f : -1)];
        Assert.Equal(square, Decoded.From(Wav([.. square.Select(s => (double)s)], 4)).Channels[0]);
    }

    [Fact]
    public void What_ffmpeg_hands_over_is_judged_too()
    {
        byte[] file = Fixture.Run("ffmpeg", Wav([.. Tone.Select(s => s * 32_768.0)], 4),
            ["-v", "error", "-i", "pipe:0", "-c:a", "pcm_f32be", "-f", "au", "pipe:1"]);
        Decoded decoded = Decoded.From(file);
        Assert.Equal(new AudioFormat(Rate, 1), decoded.Format);
        Assert.Equal(Tone[100..], decoded.Channels[0][100..]);
        Assert.Contains("range of integers", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    private static byte[] Wav(double[] samples, int sampleBytes)
    {
        byte[] data = new byte[samples.Length * sampleBytes];
        for (int i = 0; i < samples.Length; i++)
        {
            _ = sampleBytes == 4
                ? BitConverter.TryWriteBytes(data.AsSpan(4 * i), (float)samples[i])
                : BitConverter.TryWriteBytes(data.AsSpan(8 * i), samples[i]);
        }

        return
        [
            .. "RIFF"u8, .. BitConverter.GetBytes(36 + data.Length), .. "WAVEfmt "u8, 16, 0, 0, 0, 3, 0, 1, 0,
            .. BitConverter.GetBytes(Rate), .. BitConverter.GetBytes(Rate * sampleBytes), (byte)sampleBytes, 0,
                (byte)(8 * sampleBytes), 0,
            .. "data"u8, .. BitConverter.GetBytes(data.Length), .. data,
        ];
    }
}
