using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>Whatever ffmpeg reads is read, and says nothing of the way in which ffmpeg hands it over.</summary>
public sealed class ForeignContainerTests
{
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["wv"] = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-c:a", "wavpack"],
        ["w64"] = ["-c:a", "pcm_s16le"],
        ["voc"] = ["-c:a", "pcm_s16le"],
        ["au"] = ["-c:a", "pcm_s16be"],
        ["caf"] = ["-c:a", "pcm_s16le"],
        ["aiff"] = ["-c:a", "pcm_s16be"],
        ["ac3"] = ["-c:a", "ac3"],
        ["eac3"] = ["-c:a", "eac3"],
        ["dts"] = ["-strict", "-2", "-c:a", "dca"],
        ["ts"] = ["-c:a", "aac"],
        ["flv"] = ["-c:a", "aac"],
        ["latm"] = ["-c:a", "aac"],
        ["mka"] = ["-c:a", "flac"],
        ["tta"] = ["-c:a", "tta"],
        ["nut"] = ["-c:a", "pcm_s16le"],
        ["aac"] = ["-c:a", "aac", "-f", "adts"],
    };

    public static TheoryData<string> Names { get; } = [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_ffmpeg_reads_is_read(string kind)
    {
        byte[] file = Fixture.Encoded($"container.{kind}", 48_000, 1, Kinds[kind]);
        Decoded decoded = Decoded.From(file, cuts: [4_096]);
        Assert.Equal(48_000, decoded.Format.SampleRate);
        Assert.InRange(decoded.Frames, 70_000, 78_000);
        Assert.InRange(decoded.Channels[0].Max(MathF.Abs), 0.2f, 1f);
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("adpcm_ima_wav")]
    [InlineData("adpcm_ms")]
    public void A_foreign_codec_in_a_WAV_is_seen_behind_other_chunks(string codec)
    {
        byte[] file = Fixture.Encoded($"{codec}.wav", 44_100, 1, "-c:a", codec);
        byte[] junk = [.. "JUNK"u8, 28, 0, 0, 0, .. new byte[28], .. "bext"u8, 0x5A, 2, 0, 0, .. new byte[602]];
        Decoded decoded = Decoded.From([.. file[..12], .. junk, .. file[12..]], cuts: [100]);
        Differences.Within(1e-6, Fixture.DecodedByFfmpeg(file), decoded.Channels[0]);
    }

    [Theory]
    [InlineData("pcm_s16le", 1)]
    [InlineData("pcm_s24le", 2)]
    [InlineData("pcm_f32le", 1)]
    [InlineData("pcm_mulaw", 2)]
    public void Big_endian_WAV_is_heard_and_is_no_noise(string codec, int channels)
    {
        byte[] plain = Fixture.Encoded($"plain-{codec}.wav", 44_100, channels, "-c:a", codec);
        byte[] file = Fixture.Run("sox", plain, ["-t", "wav", "-", "-B", "-t", "wav", "-"]);
        Assert.Equal("RIFX"u8, file.AsSpan(0, 4));
        Decoded decoded = Decoded.From([.. file, .. "LIST"u8, 0, 0, 0, 4, .. "INFO"u8], cuts: [97]);
        Differences.Within(1e-6, Decoded.From(plain).Interleaved(), decoded.Interleaved());
    }

    [Fact]
    public void BW64_is_read_as_RF64()
    {
        byte[] file = Fixture.Encoded("rf64.wav", 44_100, 1, "-c:a", "pcm_s16le", "-rf64", "always");
        Assert.True(Decoded.From([.. "BW64"u8, .. file[4..]]).SameSamples(Decoded.From(file)));
    }
}
