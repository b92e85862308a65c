using System;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

public sealed class Mp3DecoderTests
{
    private static byte[] AsElevenLabs() => Fixture.Encoded(
        "line_44100.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "4",
            "-metadata", "title=A line");

    private static readonly CodecTools Nothing = new(HasMpg123: false, Ffmpeg: null);

    [Theory]
    [InlineData(44_100, 1, "128k")]
    [InlineData(44_100, 2, "128k")]
    [InlineData(48_000, 2, "192k")]
    [InlineData(32_000, 1, "64k")]
    [InlineData(24_000, 1, "48k")]
    [InlineData(22_050, 1, "32k")]
    [InlineData(16_000, 2, "32k")]
    [InlineData(11_025, 1, "16k")]
    [InlineData(8_000, 1, "8k")]
    public void Every_rate_decodes_as_ffmpeg_decodes_it(int rate, int channels, string bits)
    {
        byte[] file = Fixture.Encoded(
            $"plain_{rate}_{channels}.mp3", rate, channels, "-c:a", "libmp3lame", "-b:a", bits, "-write_xing", "0",
                "-id3v2_version", "0");
        Decoded decoded = Decoded.From(file);
        Assert.Equal(new AudioFormat(rate, channels), decoded.Format);
        Differences.Within(1e-5, Fixture.DecodedByFfmpeg(file), decoded.Interleaved());
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void A_gapless_tag_takes_the_encoders_padding_off_both_ends()
    {
        byte[] file = Fixture.Encoded("gapless.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k");
        Decoded decoded = Decoded.From(file);
        Assert.Equal(66_150, decoded.Frames);
        Differences.Within(1e-5, Fixture.DecodedByFfmpeg(file), decoded.Interleaved());
    }

    [Fact]
    public void A_variable_bit_rate_decodes_as_ffmpeg_decodes_it()
    {
        byte[] file = Fixture.Encoded("vbr.mp3", 44_100, 2, "-c:a", "libmp3lame", "-q:a", "4");
        Differences.Within(1e-5, Fixture.DecodedByFfmpeg(file), Decoded.From(file).Interleaved());
    }

    [Fact]
    public void Byte_by_byte_gives_the_same_samples_as_all_at_once()
    {
        Assert.True(Decoded.From(AsElevenLabs()).SameSamples(Decoded.From(AsElevenLabs(), cuts: [1])));
    }

    [Fact]
    public void The_first_frame_sounds_as_soon_as_the_next_header_came()
    {
        byte[] file = AsElevenLabs();
        int tag = 10 + ((file[6] << 21) | (file[7] << 14) | (file[8] << 7) | file[9]);
        using IDecoder decoder = Decoders.Open(null);
        var output = new AudioBuffer(1, 1_152);
        int fed = 0;
        int frames = 0;
        while (frames == 0 && fed < file.Length)
        {
            DecodeStep step = decoder.Decode(file.AsSpan(fed, 1), false, output.Block(1_152));
            fed += step.BytesConsumed;
            frames += step.FramesWritten;
        }

        Assert.InRange(fed - tag, 417, 500);
    }

    [Fact]
    public void A_tag_of_two_megabytes_in_front_is_passed_over()
    {
        byte[] file = Fixture.Encoded(
            "untagged.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0");
        const int Size = 2 << 20;
        byte[] tag = [.. "ID3"u8, 4, 0, 0, Size >> 21, (Size >> 14) & 0x7F, (Size >> 7) & 0x7F, Size & 0x7F,
            .. new byte[Size]];
        Assert.True(Decoded.From(file).SameSamples(Decoded.From([.. tag, .. tag, .. file], cuts: [4_001])));
    }

    [Fact]
    public void A_file_cut_inside_a_frame_gives_the_frames_before_and_a_warning()
    {
        byte[] file = AsElevenLabs();
        Decoded whole = Decoded.From(file);
        Decoded cut = Decoded.From(file[..(file.Length / 2)]);
        Assert.InRange(cut.Frames, (whole.Frames / 2) - 4_000, whole.Frames / 2);
        Assert.Equal(0, Differences.Largest(whole.Channels[0], cut.Channels[0]));
        Assert.Contains("cut frame was left out", Assert.Single(cut.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Junk_in_the_middle_costs_some_frames_and_no_more()
    {
        byte[] file = AsElevenLabs();
        byte[] junk = new byte[3_000];
        new Random(7).NextBytes(junk);
        byte[] damaged = [.. file[..9_000], .. junk, .. file[9_000..]];
        Decoded whole = Decoded.From(file);
        foreach (CodecTools tools in (CodecTools[])[Decoded.AllTools, Nothing])
        {
            Decoded decoded = Decoded.From(damaged, cuts: [512], tools: tools);
            Assert.InRange(decoded.Frames, whole.Frames - (8 * 1_152), whole.Frames);
            // The end is the line's own end again.
            Differences.Within(2e-6, whole.Channels[0].AsSpan(^10_000..), decoded.Channels[0].AsSpan(^10_000..));
            Assert.Contains("was damaged", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_glued_together_give_both_even_if_one_is_stereo()
    {
        byte[] mono = AsElevenLabs();
        byte[] stereo = Fixture.Encoded(
            "glued_44100_2.mp3", 44_100, 2, "-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0");
        Decoded first = Decoded.From(mono);
        Decoded glued = Decoded.From([.. mono, .. stereo]);
        Assert.Equal(first.Format, glued.Format);
        Assert.InRange(glued.Frames - first.Frames, 66_150, 66_150 + (3 * 1_152));
        Assert.Contains(glued.Warnings, w =>
            w.Contains("changes from 44100 Hz, mono to 44100 Hz, stereo", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chime_at_another_rate_in_front_and_behind_is_heard_at_the_rate_of_the_line()
    {
        byte[] Tone(int frequency, int rate, int channels) => Fixture.Run("ffmpeg", [], [
            "-v", "error", "-f", "lavfi", "-i", $"sine=f={frequency}:d=1:r={rate}", "-ac", $"{channels}", "-c:a",
                "libmp3lame",
            "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"]);
        byte[] joined = [.. Tone(440, 44_100, 1), .. Tone(880, 24_000, 2), .. Tone(1_320, 44_100, 1)];
        Decoded whole = Decoded.From(joined);
        Assert.Equal(new AudioFormat(44_100, 1), whole.Format);
        Assert.InRange(whole.Frames, 3 * 44_100, (3 * 44_100) + (12 * 1_152));
        Assert.Equal([440, 880, 1_320], Tones.Of(whole.Channels[0].AsSpan(2_205), 44_100, [440, 880, 1_320]));
        Assert.True(whole.SameSamples(Decoded.From(joined, cuts: [1, 700, 33])));
        Assert.Contains(
            "changes from 44100 Hz, mono to 24000 Hz, stereo", Assert.Single(whole.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_named_mp3_is_refused_with_its_beginning()
    {
        byte[] text = """{"detail":{"status":"quota_exceeded","message":"You have no credits left."}}"""u8.ToArray();
        var e = Assert.Throws<UnreadableAudioException>(() => Decoded.From(text, "mp3"));
        Assert.Contains("is text", e.Message, StringComparison.Ordinal);
        Assert.Contains("quota_exceeded", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mp3_44100_128")]
    [InlineData(null)]
    public void Endless_junk_is_refused_within_64_kB(string? name)
    {
        // Without ffmpeg, which would be asked and given more meanwhile.
        using IDecoder decoder = Decoders.Open(
            name is null ? null : AudioFormatName.Parse(name), new CodecTools(true, null));
        var random = new Random(3);
        byte[] chunk = new byte[1_000];
        var output = new AudioBuffer(1, 1_024);
        int fed = 0;
        Assert.Throws<UnreadableAudioException>(() =>
        {
            for (; fed < 10_000_000; fed += chunk.Length)
            {
                random.NextBytes(chunk);
                for (int i = 0; i < chunk.Length; i++)
                    chunk[i] &= 0x7F; // no sync by chance
                int at = 0;
                while (at < chunk.Length)
                    at += decoder.Decode(chunk.AsSpan(at), false, output.Block(1_024)).BytesConsumed;
            }
        });
        Assert.InRange(fed, 0, 150_000);
    }

    [Fact]
    public void A_tag_with_no_sound_behind_it_is_refused()
    {
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[20]];
        Assert.Contains("ID3 tag", Assert.Throws<UnreadableAudioException>(() => Decoded.From(tag)).Message,
            StringComparison.Ordinal);
        Assert.Throws<UnreadableAudioException>(() => Decoded.From(tag[..15]));
        Assert.Throws<UnreadableAudioException>(() => Decoded.From(tag[..2]));
    }

    [Fact]
    public void A_stream_joined_in_mid_frame_is_found()
    {
        byte[] file = Fixture.Encoded(
            "joined.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0");
        Decoded whole = Decoded.From(file);
        Decoded joined = Decoded.From(file[1_000..], cuts: [33]);
        Assert.InRange(joined.Frames, whole.Frames - (4 * 1_152), whole.Frames);
        Assert.Contains("an MP3 starts behind them", joined.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(44_100, 1, "libmp3lame")]
    [InlineData(48_000, 2, "libmp3lame")]
    [InlineData(22_050, 1, "libmp3lame")]
    [InlineData(11_025, 2, "libmp3lame")]
    [InlineData(44_100, 1, "mp2")]
    [InlineData(24_000, 2, "mp2")]
    public void Without_anything_native_it_decodes_the_same(int rate, int channels, string codec)
    {
        string[] plain = codec == "mp2" ? [] : ["-write_xing", "1", "-id3v2_version", "4"];
        byte[] file = Fixture.Encoded(
            $"{codec}_{rate}_{channels}.{(codec == "mp2" ? "mp2" : "mp3")}", rate, channels,
                ["-c:a", codec, "-b:a", "64k", .. plain]);
        Decoded native = Decoded.From(file, tools: new CodecTools(true, null));
        Decoded managed = Decoded.From(file, tools: Nothing);
        Assert.Equal(native.Frames, managed.Frames);
        Differences.Within(2e-6, native.Interleaved(), managed.Interleaved());
        Assert.True(managed.SameSamples(Decoded.From(file, cuts: [1, 577, 33], tools: Nothing)));
        Assert.Empty(managed.Warnings);
    }

    [Theory]
    [InlineData(1, "32k")]
    [InlineData(1, "48k")]
    [InlineData(1, "128k")]
    [InlineData(2, "128k")]
    public void Layer_III_at_24_kHz_is_what_ffmpeg_makes_of_it_with_libmpg123_and_without(int channels, string bits)
    {
        // Speech with hiss in it: of a plain tone, libmpg123 1.31.2 makes what it should.
        byte[] file = Fixture.Encoded(
            $"hiss_24000_{channels}_{bits}.mp3", 24_000, channels, "-af",
                "aeval='val(0)+0.2*(random(0)-0.5)*gt(sin(20*t),0)':c=same",
            "-c:a", "libmp3lame", "-b:a", bits, "-write_xing", "0", "-id3v2_version", "0");
        float[] theirs = Fixture.DecodedByFfmpeg(file);
        Differences.Within(1e-5, theirs, Decoded.From(file).Interleaved());
        Differences.Within(1e-5, theirs, Decoded.From(file, tools: Nothing).Interleaved());
    }

    [Fact]
    public void At_8_kHz_without_libmpg123_ffmpeg_decodes_and_without_both_the_error_tells_what_to_install()
    {
        byte[] file = Fixture.Encoded("phone.mp3", 8_000, 1, "-c:a", "libmp3lame", "-b:a", "8k", "-write_xing", "0");
        Differences.Within(1e-5, Decoded.From(file).Channels[0],
            Decoded.From(file, tools: Decoded.AllTools with { HasMpg123 = false }).Channels[0]);
        var e = Assert.Throws<UnreadableAudioException>(() => Decoded.From(file, tools: Nothing));
        Assert.Contains(NativeCodec.Mpg123.Install, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gapless_tag_in_each_of_two_joined_files_takes_the_padding_off_both()
    {
        byte[] file = Fixture.Encoded("gapless.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k");
        Decoded one = Decoded.From(file);
        foreach (CodecTools tools in (CodecTools[])[Decoded.AllTools, Nothing])
        {
            Decoded two = Decoded.From([.. file, .. file], tools: tools);
            Assert.Equal(2 * 66_150, two.Frames);
            Differences.Within(1e-2, one.Channels[0], two.Channels[0].AsSpan(66_150));
            Assert.Empty(two.Warnings);
        }
    }

    [Fact]
    public void The_library_under_test_is_really_there() =>
        Assert.True(Decoded.AllTools.HasMpg123 && File.Exists(Decoded.AllTools.Ffmpeg));
}
