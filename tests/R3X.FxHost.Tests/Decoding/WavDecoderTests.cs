using System;
using System.Buffers.Binary;
using System.Linq;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

public sealed class WavDecoderTests
{
    private static byte[] Plain() => Fixture.Encoded("plain.wav", 44_100, 1, "-c:a", "pcm_s16le");

    private static int SoundStart(byte[] file) => file.AsSpan().IndexOf("data"u8) + 8;

    private static byte[] With(byte[] file, int at, uint value)
    {
        byte[] changed = [.. file];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), value);
        return changed;
    }

    private static byte[] WithSize(uint size)
    {
        byte[] file = Plain();
        return With(file, SoundStart(file) - 4, size);
    }

    [Theory]
    [InlineData("pcm_u8", 8_000, 1)]
    [InlineData("pcm_s16le", 44_100, 2)]
    [InlineData("pcm_s24le", 48_000, 1)]
    [InlineData("pcm_s24le", 96_000, 2)]
    [InlineData("pcm_s32le", 22_050, 2)]
    [InlineData("pcm_f32le", 24_000, 2)]
    [InlineData("pcm_f64le", 16_000, 1)]
    [InlineData("pcm_mulaw", 8_000, 1)]
    [InlineData("pcm_alaw", 8_000, 2)]
    public void Every_layout_ffmpeg_writes_is_read_exactly(string codec, int rate, int channels)
    {
        byte[] file = Fixture.Encoded($"{codec}_{rate}_{channels}.wav", rate, channels, "-c:a", codec);
        Decoded decoded = Decoded.From(file, cuts: [7, 4_096, 1]);
        Assert.Equal(new AudioFormat(rate, channels), decoded.Format);
        Differences.Within(0, Fixture.DecodedByFfmpeg(file), decoded.Interleaved());
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("signed-integer", "16")]
    [InlineData("signed-integer", "24")]
    [InlineData("signed-integer", "32")]
    [InlineData("floating-point", "32")]
    [InlineData("u-law", "8")]
    public void What_sox_pipes_with_sizes_it_cannot_know_is_read_exactly(string encoding, string bits)
    {
        byte[] file = Fixture.Run("sox", Plain(), ["-t", "wav", "-", "-e", encoding, "-b", bits, "-t", "wav", "-"]);
        Decoded decoded = Decoded.From(file);
        Differences.Within(0, Fixture.DecodedByFfmpeg(file), decoded.Interleaved());
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x7FFF_FFFFu)]
    public void Sizes_a_pipe_writes_mean_until_the_end(uint size)
    {
        Decoded decoded = Decoded.From(WithSize(size));
        Assert.True(decoded.SameSamples(Decoded.From(Plain())));
        Assert.Contains("does not say how long it is", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_more_than_came_gives_what_came_and_a_warning()
    {
        Decoded decoded = Decoded.From(WithSize(66_150 * 4));
        Assert.True(decoded.SameSamples(Decoded.From(Plain())));
        Assert.Contains("promises 1.5 s more sound", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_states_too_short_a_length_is_noticed()
    {
        Decoded decoded = Decoded.From(WithSize(1_000));
        Assert.True(decoded.SameSamples(Decoded.From(Plain())));
        Assert.Contains("counts only the first 0.011 s", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
        Decoded withChunk = Decoded.From([.. Plain(), .. "LIST"u8, 4, 0, 0, 0, .. "INFO"u8]);
        Assert.Equal(66_150, withChunk.Frames);
        Assert.Empty(withChunk.Warnings);
        Decoded withJunk = Decoded.From([.. Plain(), 0xC3, 7, 0, 0]);
        Assert.Contains("no WAV chunk", Assert.Single(withJunk.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_frame_size_in_the_header_is_seen_through()
    {
        byte[] file = Plain();
        file[32] = 7;
        Decoded decoded = Decoded.From(file);
        Assert.True(decoded.SameSamples(Decoded.From(Plain())));
        Assert.Contains("frames of 7 bytes", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_of_odd_length_are_passed_over_whether_padded_or_not()
    {
        byte[] file = Plain();
        byte[] riff = file[..12];
        byte[] rest = file[12..];
        byte[] odd = [.. "bext"u8, 3, 0, 0, 0, 1, 2, 3];
        Assert.True(Decoded.From([.. riff, .. odd, 0, .. rest]).SameSamples(Decoded.From(file)));
        Assert.True(Decoded.From([.. riff, .. odd, .. rest], cuts: [1]).SameSamples(Decoded.From(file)));
    }

    [Fact]
    public void Six_channels_are_averaged_to_mono()
    {
        byte[] file = Fixture.Run(
            "sox", Plain(), ["-t", "wav", "-", "-t", "wav", "-", "remix", "1", "1", "1", "1", "0", "0"]);
        Decoded decoded = Decoded.From(file, cuts: [5]);
        float[] expected = [.. Decoded.From(Plain()).Channels[0].Select(s => s * 4 / 6)];
        Differences.Within(1e-6, expected, decoded.Channels[0]);
        Assert.Contains("6 channels", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void RF64_is_read()
    {
        byte[] file = Fixture.Encoded("rf64.wav", 44_100, 1, "-c:a", "pcm_s16le", "-rf64", "always");
        Assert.Equal("RF64"u8, file.AsSpan(0, 4));
        Assert.True(Decoded.From(file).SameSamples(Decoded.From(Plain())));
    }

    [Fact]
    public void A_rate_above_what_chains_run_at_is_halved()
    {
        byte[] file = Fixture.Encoded("192k.wav", 192_000, 2, "-c:a", "pcm_f32le");
        Decoded decoded = Decoded.From(file, cuts: [1_021]);
        Assert.Equal(new AudioFormat(96_000, 2), decoded.Format);
        Assert.Equal(144_000, decoded.Frames);
        Assert.True(decoded.SameSamples(Decoded.From(file)));
        float[] every = Fixture.DecodedByFfmpeg(file);
        float[] halved = [.. Enumerable.Range(1_000, 140_000).Select(i => every[4 * i])];
        Differences.Within(1e-4, halved, decoded.Channels[0].AsSpan(1_000, 140_000));
        Assert.Contains("192000 Hz", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, 0u, "0 Hz")]
    [InlineData(24, 4_000u, "4000 Hz")]
    [InlineData(24, 768_000u, "ffmpeg -i in -ar 48000")]
    [InlineData(24, 0xFFFF_0000u, "4294901760 Hz")]
    [InlineData(22, 0u, "0 channels")]
    [InlineData(16, 3u, "3 bytes")]
    [InlineData(34, 0x0005_0001u, "")]
    public void A_header_without_sense_is_refused_by_its_figure(int at, uint value, string figure)
    {
        byte[] file = Plain();
        byte[] changed = at == 22 ? [.. file[..22], 0, 0, .. file[24..]] : With(file, at, value);
        if (figure.Length == 0)
        {
            Assert.NotEmpty(Decoded.From(changed).Warnings);
            return;
        }

        Assert.Contains(figure, Assert.Throws<UnreadableAudioException>(() => Decoded.From(changed)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_sound_is_refused_and_never_a_crash()
    {
        byte[] file = Plain();
        for (int length = 0; length <= SoundStart(file); length++)
            Assert.Throws<UnreadableAudioException>(() => Decoded.From(file[..length]));
        Assert.Contains(
            "empty", Assert.Throws<UnreadableAudioException>(() => Decoded.From([])).Message, StringComparison.Ordinal);
        Assert.Contains("no sound", Assert.Throws<UnreadableAudioException>(() =>
            Decoded.From(file[..SoundStart(file)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_are_no_numbers_become_silence()
    {
        byte[] file = Fixture.Encoded("nan.wav", 44_100, 1, "-c:a", "pcm_f32le");
        int sound = SoundStart(file);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(sound + 400), float.NaN);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(sound + 404), float.PositiveInfinity);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(sound + 408), 1e30f);
        Decoded decoded = Decoded.From(file);
        Assert.All(decoded.Channels[0], s => Assert.True(float.IsFinite(s)));
        Assert.Equal([0f, 0f, 0f], decoded.Channels[0][100..103]);
        Assert.Contains("3 samples", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_codec_this_room_does_not_read_goes_through_ffmpeg()
    {
        byte[] file = Fixture.Encoded("adpcm.wav", 44_100, 1, "-c:a", "adpcm_ima_wav");
        Differences.Within(1e-6, Fixture.DecodedByFfmpeg(file), Decoded.From(file).Channels[0]);
    }

    [Fact]
    public void A_header_that_never_ends_is_refused()
    {
        byte[] file = [.. Plain()[..12], .. "LIST"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[17 << 20]];
        Assert.Contains("no \"data\" chunk", Assert.Throws<UnreadableAudioException>(() => Decoded.From(file)).Message,
            StringComparison.Ordinal);
    }
}
