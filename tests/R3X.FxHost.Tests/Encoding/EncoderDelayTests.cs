using System.IO;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Encoding;

/// <summary>Where the sound of a streamed line is, as those decode it who read it.</summary>
public sealed class EncoderDelayTests
{
    [Theory]
    [InlineData("mp3_44100_128", 44_100, 1_105)]
    [InlineData("mp3_22050_32", 22_050, 1_105)]
    [InlineData("mp3_24000_48", 24_000, 1_105)]
    [InlineData("mp3", 8_000, 1_105)]
    [InlineData("aac", 24_000, 1_024)]
    [InlineData("aac", 48_000, 1_024)]
    [InlineData("m4a", 44_100, 1_024)]
    [InlineData("opus_48000_64", 48_000, 0)]
    [InlineData("opus", 24_000, 0)]
    [InlineData("ogg", 44_100, 0)]
    [InlineData("webm", 48_000, 0)]
    [InlineData("flac", 22_050, 0)]
    [InlineData("wav_24000", 24_000, 0)]
    [InlineData("pcm_24000", 24_000, 0)]
    [InlineData("alaw_8000", 8_000, 0)]
    public void An_encoder_tells_how_late_its_sound_is(string name, int rate, int late)
    {
        float[] burst = StreamedLine.Burst(rate);
        var format = new AudioFormat(rate, 1);
        AudioFormatName parsed = AudioFormatName.Parse(name);
        var written = new MemoryStream();
        using IEncoder encoder = Encoders.Open(new OneWayStream(written), format, parsed, 1);
        StreamedLine.Write(encoder, 480, burst);
        encoder.Complete();
        Assert.Equal(late, encoder.DelayFrames);
        byte[] bytes = written.ToArray();
        Decoded decoded = Decoded.From(bytes, parsed.IsHeaderless ? name : null);
        // What is decoded at Opus's own rate is as late in seconds.
        int scale = decoded.Format.SampleRate / rate;
        float[] expected = scale == 1 ? burst : StreamedLine.Burst(rate * scale);
        Assert.Equal(late * scale, StreamedLine.DelayOf(expected, decoded.Channels[0]));
        // The rest was decoded by it.
        if (parsed.Codec is AudioCodec.Mp3 or AudioCodec.Opus)
            Assert.Equal(late * scale, StreamedLine.DelayOf(expected, Fixture.DecodedByFfmpeg(bytes)));
    }

    [Fact]
    public void It_is_told_at_the_rate_of_the_line_where_the_line_is_resampled()
    {
        using IEncoder encoder = Encoders.Open(
            new OneWayStream(new MemoryStream()), new AudioFormat(22_050, 1), AudioFormatName.Parse("mp3_44100_64"), 1);
        Assert.Equal(552, encoder.DelayFrames);
        float[] burst = StreamedLine.Burst(22_050);
        byte[] bytes = StreamedLine.Encode("mp3_44100_64", new AudioFormat(22_050, 1), 441, burst);
        Assert.Equal(1_105, StreamedLine.DelayOf(StreamedLine.Burst(44_100), Decoded.From(bytes).Channels[0]));
    }
}
