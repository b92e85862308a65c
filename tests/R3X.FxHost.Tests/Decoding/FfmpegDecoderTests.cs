using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

public sealed class FfmpegDecoderTests
{
    [Theory]
    [InlineData("vorbis.ogg", 44_100, 2, "-c:a libvorbis")]
    [InlineData("line.flac", 44_100, 2, "-c:a flac")]
    [InlineData("line.aac", 44_100, 1, "-c:a aac")]
    [InlineData("late.m4a", 44_100, 1, "-c:a aac")]
    [InlineData("early.m4a", 44_100, 1, "-c:a aac -movflags +faststart")]
    [InlineData("line.webm", 48_000, 1, "-c:a libopus")]
    [InlineData("line.aiff", 22_050, 2, "-c:a pcm_s16be")]
    [InlineData("line.caf", 16_000, 1, "-c:a pcm_s16le")]
    public void What_ffmpeg_knows_decodes_as_ffmpeg_decodes_it(string name, int rate, int channels, string arguments)
    {
        byte[] file = Fixture.Encoded(name, rate, channels, arguments.Split(' '));
        Decoded decoded = Decoded.From(file, cuts: [997]);
        Assert.Equal(new AudioFormat(rate, channels), decoded.Format);
        float[] expected = Fixture.DecodedByFfmpeg(file);
        // An ADTS stream does not say how its end is padded, a pipe not how long it is: up to a frame more or less.
        int common = Math.Min(expected.Length, decoded.Frames * channels);
        Assert.InRange(Math.Abs(expected.Length - (decoded.Frames * channels)), 0, name.EndsWith('a')
            || name.EndsWith('c') ? 2_048 * channels : 0);
        Differences.Within(1e-6, expected.AsSpan(0, common), decoded.Interleaved().AsSpan(0, common));
    }

    [Fact]
    public void A_table_of_contents_at_the_end_is_told_of()
        => Assert.Contains("faststart",
            Decoded.From(Fixture.Encoded("late2.m4a", 44_100, 1, "-c:a", "aac")).Warnings[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("pages.aac", null, "-c:a aac -b:a 64k -f adts")]
    [InlineData("pages-adpcm.wav", null, "-c:a adpcm_ima_wav")]
    [InlineData("pages.webm", null, "-c:a libopus -b:a 64k")]
    [InlineData("pages.ts", null, "-c:a mp2 -b:a 64k")]
    public void It_sounds_before_its_stream_ends(string name, string? format, string arguments)
    {
        byte[] file = Fixture.Encoded(name, 48_000, 1, arguments.Split(' '));
        using IDecoder decoder = Decoders.Open(format);
        var output = new AudioBuffer(1, 1_024);
        int at = 0;
        int frames = 0;
        // Half the file is offered as often as it takes: the process works on its own clock.
        for (int call = 0; call < 20_000_000 && frames == 0; call++)
        {
            DecodeStep step = decoder.Decode(file.AsSpan(at, (file.Length / 2) - at), false, output.Block(1_024));
            at += step.BytesConsumed;
            frames = step.FramesWritten;
            _ = Thread.Yield();
        }

        Assert.NotEqual(0, frames);
    }

    [Fact]
    public void More_input_than_any_queue_holds_does_not_block_for_ever()
    {
        byte[] wav = Fixture.Encoded("big.wav", 48_000, 2, "-c:a", "pcm_s16le", "-t", "1.5");
        byte[] flac = Fixture.Run(
            "ffmpeg", wav, ["-v", "error", "-i", "pipe:0", "-af", "aloop=40:72000", "-f", "flac", "pipe:1"]);
        Decoded decoded = Decoded.From(flac);
        Assert.InRange(decoded.Frames, 41 * 72_000, 42 * 72_000);
    }

    [Fact]
    public void Disposed_in_the_middle_it_leaves_no_process_and_does_not_hang()
    {
        byte[] file = Fixture.Encoded("middle.flac", 44_100, 2, "-c:a", "flac");
        FfmpegDecoder decoder = FfmpegDecoder.OfBytes(Decoded.AllTools.Ffmpeg!, null);
        var output = new AudioBuffer(2, 64);
        _ = decoder.Decode(file.AsSpan(0, 50_000), false, output.Block(64));
        decoder.Dispose();
        decoder.Dispose();
    }

    [Fact]
    public void What_ffmpeg_complains_of_is_in_the_error()
    {
        byte[] file = [.. "fLaC"u8, .. new byte[5_000]];
        var e = Assert.Throws<UnreadableAudioException>(() => Decoded.From(file));
        Assert.Contains("it says: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_gives_what_there_is()
    {
        byte[] file = Fixture.Encoded("cut.flac", 44_100, 1, "-c:a", "flac");
        Decoded decoded = Decoded.From(file[..(file.Length / 2)]);
        Assert.InRange(decoded.Frames, 15_000, 66_000);
    }

    [Fact]
    public void Without_ffmpeg_the_error_tells_how_to_install_it()
    {
        byte[] file = Fixture.Encoded("line2.flac", 44_100, 1, "-c:a", "flac");
        var e = Assert.Throws<UnreadableAudioException>(() => Decoded.From(file, tools: new CodecTools(true, null)));
        Assert.Contains("Flac audio needs ffmpeg", e.Message, StringComparison.Ordinal);
        Assert.Contains(FfmpegProcess.InstallLine, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spooled_file_is_gone_afterwards()
    {
        var decoder = new SpooledDecoder(Decoded.AllTools.Ffmpeg!);
        Assert.True(File.Exists(decoder.Path));
        decoder.Dispose();
        Assert.False(File.Exists(decoder.Path));
    }
}
