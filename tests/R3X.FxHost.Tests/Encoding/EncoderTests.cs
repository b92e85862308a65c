using System;
using System.IO;
using System.Linq;
using CsCheck;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Encoding;

public sealed class EncoderTests
{
    private static readonly AudioFormat Mono = new(44_100, 1);

    [Theory]
    [InlineData(SampleFormat.Int16, 1, 2e-5 * 3)]
    [InlineData(SampleFormat.Int16, 2, 2e-5 * 3)]
    [InlineData(SampleFormat.Int24, 1, 1e-7)]
    [InlineData(SampleFormat.Int24, 2, 1e-7)]
    [InlineData(SampleFormat.Float32, 1, 0)]
    [InlineData(SampleFormat.Float32, 2, 0)]
    public void What_is_written_reads_back_here_and_in_ffmpeg_whether_or_not_the_stream_seeks(
        SampleFormat samples, int channels, double tolerance)
    {
        float[][] sound = [.. Enumerable.Range(0, channels).Select(c => Noise(3_001, c))];
        foreach (bool seeks in (bool[])[true, false])
        {
            byte[] file = Encode(sound, new AudioFormat(44_100, channels), "wav", seeks: seeks, samples: samples);
            Decoded decoded = Decoded.From(file);
            // A pipe's header cannot know how long the line will be.
            Assert.Equal(seeks ? 0 : 1, decoded.Warnings.Count);
            for (int c = 0; c < channels; c++)
                Differences.Within(tolerance, sound[c], decoded.Channels[c]);
            Differences.Within(0, Fixture.DecodedByFfmpeg(file), decoded.Interleaved());
        }
    }

    [Fact]
    public void A_seekable_file_states_its_true_sizes_and_starts_where_the_stream_stood()
    {
        byte[] file = Encode([Noise(3_001, 1)], Mono, "wav", samples: SampleFormat.Int24, before: 100);
        Assert.Equal(new byte[100], file[..100]);
        file = file[100..];
        Assert.Equal(file.Length - 8, BitConverter.ToInt32(file, 4));
        Assert.Equal(3_001 * 3, BitConverter.ToInt32(file, file.AsSpan().IndexOf("data"u8) + 4));
        // An odd number of bytes is padded.
        Assert.Equal(0, file.Length & 1);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFF_FFFFu)]
    public void A_streamed_wav_carries_the_sizes_that_were_asked_for_and_reads_back(uint size)
    {
        var file = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            new OneWayStream(file), Mono, AudioFormatName.Parse("wav"), 0, SampleFormat.Int16, size, null);
        encoder.Write(new AudioBlock(Noise(1_001, 1)));
        encoder.Complete();
        Assert.Equal(size, BitConverter.ToUInt32(file.ToArray(), 4));
        Assert.Equal(size, BitConverter.ToUInt32(file.ToArray(), 40));
        Assert.Equal(1_001, Decoded.From(file.ToArray()).Frames);
    }

    [Fact]
    public void A_file_that_was_never_completed_still_plays()
    {
        var stream = new MemoryStream();
        IEncoder encoder = Encoders.Open(stream, Mono, AudioFormatName.Parse("wav"), 0);
        encoder.Write(new AudioBlock(Noise(1_000, 1)));
        Assert.Equal(1_000, Decoded.From(stream.ToArray()).Frames);
    }

    [Fact]
    public void Sixteen_bits_that_nothing_changed_come_back_bit_for_bit()
    {
        byte[] every = new byte[131_072];
        for (int i = 0; i < 65_536; i++)
            BitConverter.TryWriteBytes(every.AsSpan(i * 2), (short)(i - 32_768));
        Decoded decoded = Decoded.From(every, "pcm_44100");
        Assert.Equal(every, Encode(decoded.Channels, Mono, "pcm_44100", seed: 99));
        Assert.Equal(every, Encode(decoded.Channels, Mono, "wav", seed: 7)[44..]);
    }

    [Fact]
    public void Telephone_bytes_that_nothing_changed_come_back_bit_for_bit()
    {
        byte[] every = [.. Enumerable.Range(0, 256).Where(b => b != 0x7F).Select(b => (byte)b)];
        foreach (string name in (string[])["ulaw_8000", "alaw_8000"])
            Assert.Equal(every, Encode(Decoded.From(every, name).Channels, new AudioFormat(8_000, 1), name));
    }

    [Fact]
    public void Silence_stays_silence() =>
        Assert.All(Encode([new float[500]], Mono, "pcm_44100", seed: 5), b => Assert.Equal(0, b));

    [Fact]
    public void Dither_turns_the_error_into_noise_that_does_not_follow_the_sound()
    {
        // A tone of 0.9 steps: rounded it would be a square wave; dithered it is a tone in noise.
        float[] tone =
            [.. Enumerable.Range(0, 200_000).Select(i => (float)(0.9 / 32_768 * Math.Sin(2 * Math.PI * i / 44.1)))];
        float[] written = Decoded.From(Encode([tone], Mono, "wav", seed: 3)).Channels[0];
        double[] error = [.. written.Zip(tone, (w, t) => ((double)w - t) * 32_768)];
        // Triangular dither and rounding together have a variance of 1/4 step^2 and no mean.
        Assert.InRange(error.Average(), -0.005, 0.005);
        Assert.InRange(error.Average(e => e * e), 0.245, 0.255);
        double third = error.Select((e, i) => e * Math.Sin(2 * Math.PI * 3 * i / 44.1)).Average();
        Assert.InRange(Math.Abs(third), 0, 0.005);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_however_the_sound_was_cut_and_another_seed_others()
    {
        float[][] sound = [Noise(2_500, 3), Noise(2_500, 4)];
        var format = new AudioFormat(24_000, 2);
        byte[] whole = Encode(sound, format, "wav", seed: 11, cut: 2_500);
        Gen.Int[1, 1_500].Sample(
            cut => Encode(sound, format, "wav", seed: 11, cut: cut).AsSpan().SequenceEqual(whole), iter: 20);
        Assert.NotEqual(whole, Encode(sound, format, "wav", seed: 12));
    }

    [Fact]
    public void What_is_too_loud_is_clipped_and_what_is_no_number_is_silence()
    {
        float[] wild = [2, -2, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, -1];
        Assert.Equal(
            [short.MaxValue, short.MinValue, 0, short.MaxValue, short.MinValue, short.MaxValue, short.MinValue],
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(
                Encode([wild], Mono, "pcm_44100")).ToArray());
        Assert.Equal(7, Encode([wild], Mono, "ulaw_44100").Length);
    }

    [Fact]
    public void A_name_with_another_rate_is_resampled_to()
    {
        float[] tone =
            [.. Enumerable.Range(0, 44_100).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * 440 * i / 44_100)))];
        Decoded decoded = Decoded.From(Encode([tone], Mono, "wav_24000", cut: 333, samples: SampleFormat.Float32));
        Assert.Equal(24_000, decoded.Format.SampleRate);
        float[] expected =
            [.. Enumerable.Range(0, 24_000).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * 440 * i / 24_000)))];
        Assert.Equal(24_000, decoded.Frames);
        Differences.Within(1e-4, expected.AsSpan(100, 23_800), decoded.Channels[0].AsSpan(100, 23_800));
        Assert.Equal(8_000, Encode([tone], Mono, "ulaw").Length);
    }

    [Fact]
    public void Stereo_is_averaged_for_headerless_names_unless_they_say_stereo()
    {
        float[][] sound = [[0.5f, 0.25f], [0.25f, -0.25f]];
        var stereo = new AudioFormat(48_000, 2);
        Assert.Equal([0.375f, 0], Decoded.From(Encode(sound, stereo, "pcm_48000"), "pcm_48000").Channels[0]);
        Assert.Equal(sound[1], Decoded.From(Encode(sound, stereo, "pcm_48000_stereo"), "pcm_48000_stereo").Channels[1]);
        Assert.Equal(
            [0.5f, 0.25f], Decoded.From(Encode([sound[0]], Mono, "pcm_44100_stereo"), "pcm_44100_stereo").Channels[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_name_of_ElevenLabs_is_written_headerless_ones_in_mono_and_the_rest_as_the_line_is(int channels)
    {
        var line = new AudioFormat(24_000, channels);
        foreach (AudioFormatName name in AudioFormatName.Known.Select(AudioFormatName.Parse))
        {
            if (name.SampleRate is not { } rate)
                continue;
            float[][] sound = [.. Enumerable.Range(0, channels).Select(channel => Noise(2_400, channel))];
            byte[] bytes = Encode(sound, line, name.Text, seeks: false, samples: SampleFormat.Int16);
            Decoded decoded = Decoded.From(bytes, name.Text);
            Assert.Equal(new AudioFormat(rate, name.IsHeaderless ? 1 : channels), decoded.Format);
            Assert.InRange(decoded.Frames, (rate / 10) - 1, (rate / 10) + 1_105 + (3 * 1_152));
        }
    }

    [Theory]
    [InlineData("ogg", 44_100)]
    [InlineData("aac", 44_100)]
    [InlineData("m4a", 44_100)]
    [InlineData("webm", 48_000)]
    public void Compressed_files_come_through_ffmpeg(string name, int rate)
    {
        float[] tone =
            [.. Enumerable.Range(0, 66_150).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * 440 * i / 44_100)))];
        Decoded decoded = Decoded.From(Encode([tone], Mono, name, seeks: false));
        Assert.Equal(rate, decoded.Format.SampleRate);
        Assert.InRange(decoded.Frames, rate * 1.49, (rate * 1.5) + 4_000);
        double power = decoded.Channels[0].Skip(10_000).Take(40_000).Average(s => (double)s * s);
        Assert.InRange(power, 0.12, 0.13);
    }

    [Fact]
    public void Without_ffmpeg_the_error_tells_how_to_install_it_and_what_needs_nothing()
    {
        var e = Assert.Throws<NotSupportedException>(
            () => Encoders.StartProcess(AudioFormatName.Parse("aac"), () => null));
        Assert.Contains(FfmpegProcess.InstallLine, e.Message, StringComparison.Ordinal);
        e = Assert.Throws<NotSupportedException>(
            () => Encoders.Open(Stream.Null, Mono, AudioFormatName.Parse("aiff"), 0));
        Assert.Contains("flac", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ffmpeg_that_writes_nothing_is_an_error_with_its_reason()
    {
        AudioFormatName aac = AudioFormatName.Parse("aac");
        using var encoder = new FfmpegEncoder(
            new MemoryStream(), Mono, aac, FfmpegEncoder.Start(aac, "/usr/bin/false"));
        string said = Assert.Throws<IOException>(() =>
        {
            encoder.Write(new AudioBlock(new float[4_800]));
            encoder.Complete();
        }).Message;
        Assert.Contains("aac", said, StringComparison.Ordinal);
        Assert.Contains("code 1", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wav")]
    [InlineData("pcm_44100")]
    [InlineData("ulaw_8000")]
    [InlineData("mp3_44100_128")]
    [InlineData("flac")]
    public void Writing_allocates_nothing(string name)
    {
        using IEncoder encoder = Encoders.Open(Stream.Null, new AudioFormat(44_100, 2), AudioFormatName.Parse(name), 0);
        var block = new AudioBuffer(2, 1_024);
        Write();
        Assert.Equal(0, Allocations.Fewest(Write));

        void Write()
        {
            for (int i = 0; i < 10; i++)
                encoder.Write(block.Block(1_024));
        }
    }

    private static float[] Noise(int frames, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, frames).Select(_ => (random.NextSingle() * 1.9f) - 0.95f)];
    }

    private static byte[] Encode(
        float[][] sound, AudioFormat format, string name, ulong seed = 1, bool seeks = true, int cut = 700,
            SampleFormat samples = SampleFormat.Int16, int before = 0)
    {
        var file = new MemoryStream();
        file.Write(new byte[before]);
        using IEncoder encoder = Encoders.Open(
            seeks ? file : new OneWayStream(file), format, AudioFormatName.Parse(name), seed, samples);
        Assert.Equal(format, encoder.Format);
        var block = new AudioBuffer(format.Channels, cut);
        for (int start = 0; start < sound[0].Length; start += cut)
        {
            int frames = Math.Min(cut, sound[0].Length - start);
            for (int c = 0; c < format.Channels; c++)
                sound[c].AsSpan(start, frames).CopyTo(block[c]);
            encoder.Write(block.Block(frames));
        }

        encoder.Complete();
        return file.ToArray();
    }
}
