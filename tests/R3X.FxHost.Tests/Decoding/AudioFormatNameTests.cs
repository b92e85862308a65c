using System;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

public sealed class AudioFormatNameTests
{
    [Theory]
    [InlineData("mp3_44100_128", AudioCodec.Mp3, 44_100, 128)]
    [InlineData("PCM_24000", AudioCodec.Pcm, 24_000, null)]
    [InlineData("ulaw_8000", AudioCodec.MuLaw, 8_000, null)]
    [InlineData("alaw_8000", AudioCodec.ALaw, 8_000, null)]
    [InlineData("opus_48000_64", AudioCodec.Opus, 48_000, 64)]
    [InlineData("wav_44100", AudioCodec.Wav, 44_100, null)]
    [InlineData(" flac ", AudioCodec.Flac, null, null)]
    public void Names_are_taken_apart(string name, AudioCodec codec, int? rate, int? bits)
    {
        AudioFormatName parsed = AudioFormatName.Parse(name);
        Assert.Equal((codec, rate, bits), (parsed.Codec, parsed.SampleRate, parsed.BitRate));
    }

    [Fact]
    public void Every_name_that_is_offered_is_understood()
        => Assert.All(AudioFormatName.Known, name => Assert.Equal(name, AudioFormatName.Parse(name).Text));

    [Theory]
    [InlineData("mp3_44100_127x", "mp3_44100_12")]
    [InlineData("pmc_24000", "Did you mean 'pcm_24000'?")]
    [InlineData("wave", "Did you mean 'wav'?")]
    [InlineData("pcm_200000", "pcm_")]
    [InlineData("pcm_-1", "pcm_")]
    [InlineData("flac_44100_16", "flac")]
    [InlineData("mp3_44100_128_stereo", "mp3_44100_128")]
    [InlineData("", "There is no audio format ''")]
    [InlineData("zzzzzzzzzzzz", "Known are")]
    public void An_unknown_name_is_refused_with_the_nearest_and_the_list(string name, string part)
    {
        string message = Assert.Throws<FormatException>(() => Decoders.Open(name)).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains("Known are", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_pcm_needs_its_rate()
        => Assert.Contains(
            "pcm_24000", Assert.Throws<FormatException>(() => Decoders.Open("pcm")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a/b/line.WAV", "wav")]
    [InlineData("line.aif", "aiff")]
    [InlineData("line.raw", "pcm")]
    [InlineData("line.mp3", "mp3")]
    [InlineData("line.txt", null)]
    [InlineData("line", null)]
    public void A_files_ending_names_its_format(string path, string? name) =>
        Assert.Equal(name, AudioFormatName.FromPath(path)?.Text);
}
