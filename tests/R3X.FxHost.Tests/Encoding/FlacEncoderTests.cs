using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using CsCheck;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Encoding;

/// <summary>FLAC by hand, read back by ffmpeg.</summary>
public sealed class FlacEncoderTests
{
    [Theory]
    [InlineData(24_000, 1, SampleFormat.Int16)]
    [InlineData(44_100, 2, SampleFormat.Int16)]
    [InlineData(22_050, 1, SampleFormat.Int24)]
    [InlineData(96_000, 2, SampleFormat.Float32)]
    [InlineData(8_000, 1, SampleFormat.Int16)]
    public void It_reads_back_bit_for_bit_what_a_wav_file_holds(int rate, int channels, SampleFormat samples)
    {
        float[][] sound = [.. Enumerable.Range(0, channels).Select(channel => Everything(rate, channel))];
        byte[] flac = Encode("flac", rate, samples, 700, seeks: false, sound);
        SampleFormat kept = samples == SampleFormat.Int16 ? SampleFormat.Int16 : SampleFormat.Int24;
        byte[] wav = Encode("wav", rate, kept, 700, seeks: true, sound);
        Differences.Within(0, Fixture.DecodedByFfmpeg(wav), Fixture.DecodedByFfmpeg(flac));
        byte[] file = Encode("flac", rate, samples, 1_001, seeks: true, sound);
        // Only the head of a file knows the length.
        Assert.Equal(flac[26..], file[26..]);
        Assert.Equal((uint)sound[0].Length, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(22)));
    }

    [Fact]
    public void A_line_of_any_length_has_its_last_frame()
    {
        float[] sound = Everything(8_000, 0);
        Gen.Int[1, 500].Sample(
            length =>
            {
                byte[] flac = Encode("flac", 8_000, SampleFormat.Int16, 77, seeks: false, sound[..length]);
                return Decoded.From(flac).Frames == length;
            },
            iter: 8);
    }

    [Fact]
    public void A_line_of_thousands_of_frames_reads_back()
    {
        float[] sound = [.. Enumerable.Range(0, 45 * 8_000).Select(i => (float)(0.3 * Math.Sin(i * 0.2)))];
        Assert.Equal(sound.Length, Fixture.DecodedByFfmpeg(
            Encode("flac", 8_000, SampleFormat.Int16, 1_000, seeks: false, sound)).Length);
    }

    [Fact]
    public void A_voice_takes_little_more_than_in_ffmpegs_own()
    {
        byte[] wav = Fixture.Encoded("breath_24000.wav", 24_000, 1, "-af", "aeval=val(0)+0.02*(random(0)-0.5)");
        float[] sound = Decoded.From(wav).Channels[0];
        int theirs = Fixture.Run("ffmpeg", wav, ["-v", "error", "-i", "pipe:0", "-f", "flac", "pipe:1"]).Length;
        byte[] ours = Encode("flac", 24_000, SampleFormat.Int16, 480, seeks: false, sound);
        Assert.InRange(ours.Length, 1_000, theirs * 1.1);
    }

    [Fact]
    public void A_frame_goes_out_every_20_ms()
    {
        var bytes = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            new OneWayStream(bytes), new AudioFormat(24_000, 1), AudioFormatName.Parse("flac"), 1);
        float[] sound = Everything(24_000, 0);
        for (int start = 0; start < sound.Length - 480; start += 480)
        {
            long before = bytes.Length;
            encoder.Write(new AudioBlock(sound.AsSpan(start, 480)));
            Assert.InRange(bytes.Length, before + 1, before + 1_000 + 42);
        }
    }

    // Silence, a tone, a tone at full scale, noise, and a square wave: every predictor, and none.
    private static float[] Everything(int rate, int channel)
    {
        var random = new Random(channel);
        return [.. Enumerable.Range(0, rate / 5 * 5).Select(i => (i / (rate / 5)) switch
        {
            0 => 0f,
            1 => (float)(0.1 * Math.Sin(Math.Tau * (channel + 3) * 100 * i / rate)),
            2 => (float)(1.2 * Math.Sin(Math.Tau * 50 * i / rate)),
            3 => (random.NextSingle() * 2) - 1,
            _ => i / 20 % 2 == 0 ? -1f : 1f,
        })];
    }

    private static byte[] Encode(
        string name, int rate, SampleFormat samples, int cut, bool seeks, params float[][] sound)
    {
        var file = new MemoryStream();
        using IEncoder encoder = Encoders.Open(seeks ? file : new OneWayStream(file),
            new AudioFormat(rate, sound.Length), AudioFormatName.Parse(name), 5, samples);
        StreamedLine.Write(encoder, cut, sound);
        encoder.Complete();
        return file.ToArray();
    }
}
