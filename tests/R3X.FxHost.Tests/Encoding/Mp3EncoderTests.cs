using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Encoding;

public sealed class Mp3EncoderTests
{
    [Theory]
    [InlineData("mp3_44100_128", 44_100, 1, 417.96)]
    [InlineData("mp3_44100_32", 44_100, 2, 104.49)]
    [InlineData("mp3_22050_32", 22_050, 1, 104.49)]
    [InlineData("mp3_24000_48", 24_000, 1, 144)]
    [InlineData("mp3", 48_000, 2, 384)]
    [InlineData("mp3", 16_000, 1, 288)]
    public void A_stream_is_a_row_of_whole_frames_that_need_no_other(
        string name, int rate, int channels, double frameBytes)
    {
        byte[] stream = StreamedLine.Encode(name, new AudioFormat(rate, channels), 500, Voice(rate, channels));
        int frames = 0;
        for (int at = 0; at < stream.Length; frames++)
        {
            Assert.Equal(0xFF, stream[at]);
            bool isMpeg1 = (stream[at + 1] & 8) != 0;
            // Where a frame's sound begins, counted back from its own bytes.
            Assert.Equal(0, isMpeg1 ? (stream[at + 4] << 1) | (stream[at + 5] >> 7) : stream[at + 4]);
            at += (int)frameBytes + ((stream[at + 2] >> 1) & 1);
        }

        int length = rate >= 32_000 ? 1_152 : 576;
        Assert.InRange(frames * length, rate + 1_105, rate + 1_105 + (3 * length));
        Assert.InRange(stream.Length, frames * (frameBytes - 1), frames * (frameBytes + 1));
        // No frame of it is a tag.
        Assert.Equal(-1, stream.AsSpan().IndexOf("Info"u8));
        Assert.Equal(new AudioFormat(rate, channels), Decoded.From(stream).Format);
    }

    [Fact]
    public void A_frame_goes_out_with_the_last_sample_it_needs()
    {
        var bytes = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            new OneWayStream(bytes), new AudioFormat(44_100, 1), AudioFormatName.Parse("mp3_44100_128"), 1);
        var written = new List<int>();
        float[] voice = Voice(44_100, 1)[0];
        for (int i = 0; i < 10_000; i++)
        {
            long before = bytes.Length;
            encoder.Write(new AudioBlock(voice.AsSpan(i, 1)));
            if (bytes.Length > before)
                written.Add(i + 1);
        }

        // One frame, and what LAME looks ahead: 5 ms.
        Assert.Equal(Enumerable.Range(0, 8).Select(frame => 1_376 + (frame * 1_152)), written);
    }

    [Theory]
    [InlineData("mp3_44100_128", 44_100, 1)]
    [InlineData("mp3_44100_192", 44_100, 2)]
    [InlineData("mp3", 22_050, 1)]
    [InlineData("mp3_24000_96", 24_000, 2)]
    [InlineData("mp3_48000_67", 48_000, 2)]
    [InlineData("mp3_32000_45", 32_000, 2)]
    [InlineData("mp3_8000_23", 8_000, 1)]
    public void A_file_reads_back_as_long_and_as_loud_as_the_line_and_in_step(string name, int rate, int channels)
    {
        float[][] voice = Voice(rate, channels);
        var file = new MemoryStream();
        file.Write(new byte[10]);
        using IEncoder encoder = Encoders.Open(
            file, new AudioFormat(rate, channels), AudioFormatName.Parse(name), 1);
        StreamedLine.Write(encoder, 700, voice);
        encoder.Complete();
        Assert.Equal(0, encoder.DelayFrames);
        Assert.Equal(file.Length, file.Position);
        byte[] mp3 = file.ToArray()[10..];
        Decoded decoded = Decoded.From(mp3);
        Assert.Equal(rate, decoded.Frames);
        Assert.Equal(rate * channels, Fixture.DecodedByFfmpeg(mp3).Length);
        for (int channel = 0; channel < channels; channel++)
        {
            double given = voice[channel].Sum(sample => (double)sample * sample);
            double error = voice[channel].Zip(decoded.Channels[channel], (v, d) => Math.Pow((double)v - d, 2)).Sum();
            Assert.InRange(10 * Math.Log10(given / error), 12, 90);
            double loud = decoded.Channels[channel].Sum(sample => (double)sample * sample);
            Assert.InRange(10 * Math.Log10(loud / given), -0.1, 0.1);
        }
    }

    [Fact]
    public void A_file_of_frames_too_short_for_a_tag_is_as_late_as_a_stream()
    {
        float[] burst = StreamedLine.Burst(22_050);
        var file = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            file, new AudioFormat(22_050, 1), AudioFormatName.Parse("mp3_22050_32"), 1);
        StreamedLine.Write(encoder, 480, burst);
        encoder.Complete();
        Assert.Equal(1_105, encoder.DelayFrames);
        Assert.Equal(1_105, StreamedLine.DelayOf(burst, Decoded.From(file.ToArray()).Channels[0]));
    }

    [Fact]
    public void The_same_line_gives_the_same_bytes_however_it_was_cut()
    {
        float[][] voice = Voice(44_100, 2);
        byte[] whole = StreamedLine.Encode("mp3", new AudioFormat(44_100, 2), 44_100, voice);
        Assert.Equal(whole, StreamedLine.Encode("mp3", new AudioFormat(44_100, 2), 1, voice));
        Assert.Equal(whole, StreamedLine.Encode("mp3", new AudioFormat(44_100, 2), 1_153, voice));
    }

    [Theory]
    [InlineData("mp3", 96_000, 48_000)]
    [InlineData("mp3", 30_000, 32_000)]
    [InlineData("mp3_96000_64", 44_100, 48_000)]
    [InlineData("mp3_22050_999", 44_100, 22_050)]
    public void A_rate_or_bit_rate_that_MPEG_does_not_have_becomes_the_next(string name, int rate, int written)
    {
        float[] burst = StreamedLine.Burst(rate);
        Decoded decoded = Decoded.From(StreamedLine.Encode(name, new AudioFormat(rate, 1), 480, burst));
        Assert.Equal(new AudioFormat(written, 1), decoded.Format);
        Assert.InRange(StreamedLine.DelayOf(StreamedLine.Burst(written), decoded.Channels[0]), 1_104, 1_106);
    }

    [Fact]
    public void Wild_samples_are_clipped_or_silent_and_end_nothing()
    {
        float[] wild = [.. Enumerable.Range(0, 9_999).Select(i => (i % 5) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => 1e30f,
            _ => float.Epsilon,
        })];
        Decoded decoded = Decoded.From(StreamedLine.Encode("mp3", new AudioFormat(44_100, 1), 333, wild));
        Assert.All(decoded.Channels[0], sample => Assert.InRange(sample, -2, 2));
    }

    [Fact]
    public void Without_libmp3lame_ffmpeg_writes_the_same_frames()
    {
        float[] voice = Voice(44_100, 1)[0];
        AudioFormatName name = AudioFormatName.Parse("mp3_44100_128");
        var bytes = new MemoryStream();
        using var encoder = new FfmpegEncoder(new OneWayStream(bytes), new AudioFormat(44_100, 1), name,
            FfmpegEncoder.Start(name, Decoded.AllTools.Ffmpeg!));
        StreamedLine.Write(encoder, 500, voice);
        encoder.Complete();
        byte[] own = StreamedLine.Encode("mp3_44100_128", new AudioFormat(44_100, 1), 500, voice);
        Assert.Equal(own.Length, bytes.Length);
        float[] theirs = Decoded.From(bytes.ToArray()).Channels[0];
        // It leaves LAME's 5 % to the caller.
        double error = Decoded.From(own).Channels[0].Zip(theirs, (o, t) => Math.Pow((0.95 * o) - t, 2)).Sum();
        Assert.InRange(10 * Math.Log10(theirs.Sum(t => (double)t * t) / error), 20, 300);
        using IEncoder lame = Encoders.Open(new OneWayStream(bytes), encoder.Format, name, 1);
        Assert.Equal(lame.DelayFrames, encoder.DelayFrames);
    }

    // A second of a moving tone with overtones.
    private static float[][] Voice(int rate, int channels) =>
        [.. Enumerable.Range(1, channels).Select(channel => Enumerable.Range(0, rate).Select(i => (double)i / rate)
            .Select(t => (float)(0.3 * Math.Sin(channel * 130 * Math.Tau * t * (1 + (0.2 * t)))
                + (0.1 * Math.Sin(channel * 1_210 * Math.Tau * t)))).ToArray())];
}
