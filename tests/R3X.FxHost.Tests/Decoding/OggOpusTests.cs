using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using CsCheck;
using R3X.FxHost.Decoding;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Encoding;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>Opus in Ogg without ffmpeg, which here only measures: its libopus is the reference.</summary>
public sealed class OggOpusTests
{
    private static readonly CodecTools Nothing = new(HasMpg123: false, Ffmpeg: null);
    private static readonly Gen<int[]> Cuts = Gen.OneOf(Gen.Int[1, 16], Gen.Int[1, 2_000], Gen.Int[1, 20_000]).Array[1,
        12];

    [Theory]
    [InlineData(1, "32k", "20")]
    [InlineData(1, "64k", "20")]
    [InlineData(2, "96k", "20")]
    [InlineData(1, "12k", "60")]
    [InlineData(2, "128k", "2.5")]
    public void It_decodes_as_libopus_does_to_the_sample(int channels, string bits, string packet)
    {
        byte[] file = Opus(channels, bits, packet);
        float[] theirs = DecodedByLibopus(file);
        Decoded ours = Decoded.From(file, "opus_48000_64", tools: Nothing);
        Assert.Equal(new AudioFormat(48_000, channels), ours.Format);
        Assert.Equal(72_000, ours.Frames);
        Assert.InRange(SignalToNoise(theirs, ours.Interleaved()), 50, double.PositiveInfinity);
        Assert.Empty(ours.Warnings);
    }

    [Fact]
    public void It_sounds_with_its_first_page_and_the_same_however_it_was_cut()
    {
        byte[] file = Opus(1, "64k", "20", "-page_duration", "20000");
        using IDecoder decoder = Decoders.Open(AudioFormatName.Parse("opus_48000_64"), Nothing);
        var output = new AudioBuffer(1, 5_760);
        int fed = 0;
        while (decoder.Decode(file.AsSpan(fed++, 1), false, output.Block(5_760)).FramesWritten == 0)
            Assert.InRange(fed, 0, 1_200);
        Decoded whole = Decoded.From(file, tools: Nothing);
        Gen.Select(Cuts, Gen.Int[1, 6_000]).Sample(
            (cuts, room) => whole.SameSamples(Decoded.From(file, null, cuts, room, Nothing)), iter: 20);
    }

    [Fact]
    public void Streams_in_a_row_give_each_its_own_length_also_where_mono_follows_stereo()
    {
        byte[] stereo = Opus(2, "96k", "20");
        byte[] mono = Opus(1, "64k", "20");
        Decoded joined = Decoded.From([.. stereo, .. mono, .. stereo], cuts: [999], tools: Nothing);
        Assert.Equal(3 * 72_000, joined.Frames);
        Differences.Within(
            1e-6, Decoded.From(mono, tools: Nothing).Channels[0], joined.Channels[1].AsSpan(72_000, 72_000));
        Assert.Contains("changes from 48000 Hz, stereo to 48000 Hz, mono", Assert.Single(joined.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_page_costs_itself_and_is_told_of()
    {
        byte[] file = Opus(1, "64k", "20", "-page_duration", "100000");
        Decoded whole = Decoded.From(file, tools: Nothing);
        byte[] damaged = [.. file];
        damaged[file.Length / 2] ^= 0x55;
        Decoded decoded = Decoded.From(damaged, cuts: [100], tools: Nothing);
        Assert.Equal(whole.Frames - 4_800, decoded.Frames);
        Assert.InRange(SignalToNoise(whole.Channels[0][^20_000..], decoded.Channels[0][^20_000..]), 40, 400);
        Assert.Contains("was damaged", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_gives_its_whole_packets()
    {
        byte[] file = Opus(1, "64k", "20", "-page_duration", "1000000");
        Decoded cut = Decoded.From(file[..(file.Length / 2)], tools: Nothing);
        Assert.InRange(cut.Frames, 30_000, 40_000);
        Assert.Contains("ends inside a page", Assert.Single(cut.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vorbis48.ogg", "-c:a libvorbis", 2)]
    [InlineData("flac.oga", "-c:a flac -f ogg", 2)]
    [InlineData("six.opus", "-c:a libopus -ac 6 -mapping_family 1", 1)]
    public void Another_codec_in_Ogg_and_more_channels_are_ffmpegs(string name, string arguments, int channels)
    {
        byte[] file = Fixture.Encoded(name, 48_000, channels, arguments.Split(' '));
        Assert.InRange(Decoded.From(file).Frames, 70_000, 74_000);
        Assert.Contains("needs ffmpeg", Assert.Throws<UnreadableAudioException>(() =>
            Decoded.From(file, tools: Nothing)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_streams_end_in_sound_or_a_plain_error(bool hasRightChecksums) =>
        Damage(hasRightChecksums, times: 40);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Length", "Long")]
    public void Damaged_streams_end_in_sound_or_a_plain_error_however_often(bool hasRightChecksums) =>
        Damage(hasRightChecksums, times: 3_000);

    [Theory]
    [InlineData("opus", 48_000, 2, 48_000)]
    [InlineData("opus_48000_64", 44_100, 1, 48_000)]
    [InlineData("opus_48000_192", 22_050, 1, 48_000)]
    [InlineData("opus_24000_32", 24_000, 1, 24_000)]
    [InlineData("opus", 8_000, 1, 8_000)]
    public void What_is_written_is_as_long_and_sounds_the_same_here_and_in_libopus(
        string name, int rate, int channels, int encodedRate)
    {
        float[][] sound = [.. Enumerable.Range(0, channels).Select(channel => Sweep(rate, channel))];
        byte[] file = Encode(sound, rate, name, cut: 333);
        Assert.Equal(file, Encode(sound, rate, name, cut: 1_024));
        Assert.Equal((uint)encodedRate, BitConverter.ToUInt32(file, 28 + 12));
        Decoded ours = Decoded.From(file, tools: Nothing);
        float[] theirs = DecodedByLibopus(file);
        Assert.Equal(48_000 * 3 / 2, ours.Frames);
        Assert.Equal(ours.Frames * channels, theirs.Length);
        Assert.InRange(SignalToNoise(theirs, ours.Interleaved()), 50, double.PositiveInfinity);
        Assert.Empty(ours.Warnings);
        // In step with what was given: a codec's noise, and no sample of delay.
        float[] line = [.. Enumerable.Range(0, channels).Select(channel => Sweep(48_000, channel)).Aggregate(
            (left, right) => [.. left.Zip(right, (l, r) => (float[])[l, r]).SelectMany(pair => pair)])];
        Assert.InRange(SignalToNoise(line, theirs), 12, 100);
    }

    [Fact]
    public void A_stream_gets_a_page_with_every_packet_and_sounds_as_a_file_does()
    {
        float[] sound = Sweep(48_000, 0);
        var bytes = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            new OneWayStream(bytes), new AudioFormat(48_000, 1), AudioFormatName.Parse("opus_48000_64"), 7);
        for (int start = 0; start < sound.Length; start += 960)
        {
            long before = bytes.Length;
            encoder.Write(new AudioBlock(sound.AsSpan(start, 960)));
            Assert.True(bytes.Length > before);
        }

        encoder.Complete();
        Decoded streamed = Decoded.From(bytes.ToArray(), tools: Nothing);
        Assert.Empty(streamed.Warnings);
        Assert.True(streamed.SameSamples(Decoded.From(Encode([sound], 48_000, "opus_48000_64", 960), tools: Nothing)));
        Assert.Equal(sound.Length, DecodedByLibopus(bytes.ToArray()).Length);
    }

    [Fact]
    public void An_impossible_bit_rate_is_refused_with_those_there_are()
    {
        var e = Assert.Throws<NotSupportedException>(
            () => Encoders.Open(Stream.Null, new AudioFormat(48_000, 1), AudioFormatName.Parse("opus_48000_900"), 0));
        Assert.Contains("6 to 256", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Opus(int channels, string bits, string packet, params string[] more) => Fixture.Encoded(
        $"own_{channels}_{bits}_{packet}{string.Concat(more)}.opus", 48_000, channels,
        ["-c:a", "libopus", "-b:a", bits, "-frame_duration", packet, .. more]);

    private static float[] DecodedByLibopus(byte[] file) => MemoryMarshal.Cast<byte, float>(
        Fixture.Run("ffmpeg", file,
            ["-v", "error", "-c:a", "libopus", "-f", "ogg", "-i", "pipe:0", "-f", "f32le", "pipe:1"])).ToArray();

    private static double SignalToNoise(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double signal = expected.Sum(s => (double)s * s);
        return 10 * Math.Log10(signal / expected.Zip(actual, (e, a) => ((double)e - a) * ((double)e - a)).Sum());
    }

    // A tone that moves from 200 Hz up to 1.7 kHz, 1.5 s.
    private static float[] Sweep(int rate, int channel) =>
        [.. Enumerable.Range(0, rate * 3 / 2).Select(i => (double)i / rate).Select(
            t => (float)(0.4 * Math.Sin((channel + 2) * Math.PI * ((200 * t) + (500 * t * t)))))];

    private static byte[] Encode(float[][] sound, int rate, string name, int cut)
    {
        var file = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            file, new AudioFormat(rate, sound.Length), AudioFormatName.Parse(name), 7);
        for (int start = 0; start < sound[0].Length; start += cut)
        {
            int frames = Math.Min(cut, sound[0].Length - start);
            var block = new AudioBuffer(sound.Length, frames);
            for (int channel = 0; channel < sound.Length; channel++)
                sound[channel].AsSpan(start, frames).CopyTo(block[channel]);
            encoder.Write(block.Block(frames));
        }

        encoder.Complete();
        return file.ToArray();
    }

    private static void Damage(bool hasRightChecksums, int times)
    {
        byte[] bytes = Opus(2, "96k", "20", "-page_duration", "100000");
        Gen.Select(Gen.Int[0, bytes.Length - 1].Array[0, 30], Gen.Byte, Gen.Int[0, bytes.Length - 1], Gen.Int[0, 3_000],
            Gen.Int[0, 3], Cuts).Sample(
            (places, value, at, length, kind, cuts) =>
            {
                byte[] damaged = [.. bytes];
                foreach (int place in places)
                    damaged[place] ^= value;
                int end = Math.Min(bytes.Length, at + length);
                damaged = kind switch
                {
                    0 => [.. damaged[..at], .. damaged[end..]],
                    1 => [.. damaged[..end], .. damaged[at..]],
                    2 => [.. damaged[..at], .. Enumerable.Repeat(value, end - at), .. damaged[end..]],
                    _ => damaged,
                };
                if (hasRightChecksums)
                    OggPages.Repair(damaged);
                Decoded? whole = TryDecode(damaged, null);
                Decoded? cut = TryDecode(damaged, cuts);
                return whole is null == cut is null
                    && (whole is null || (whole.SameSamples(cut!) && whole.Frames > 0
                        && Array.TrueForAll(whole.Channels[0], float.IsFinite)));
            },
            iter: times);
    }

    private static Decoded? TryDecode(byte[] bytes, int[]? cuts)
    {
        try
        {
            return Decoded.From(bytes, "opus", cuts, tools: Nothing);
        }
        catch (UnreadableAudioException e) when (e.Message.Length > 20)
        {
            return null;
        }
    }

    /// <summary>Pages whose checksums are made right, so that what is damaged in them is read.</summary>
    private static class OggPages
    {
        public static void Repair(Span<byte> file)
        {
            for (int at; (at = file.IndexOf("OggS"u8)) >= 0; file = file[(at + 4)..])
            {
                int length = R3X.FxHost.Formats.OggPage.LengthOf(file[at..]);
                if (length > 0 && length <= file.Length - at)
                    R3X.FxHost.Formats.OggPage.Read(file.Slice(at, length).ToArray()).Write(file[at..]);
            }
        }
    }
}
