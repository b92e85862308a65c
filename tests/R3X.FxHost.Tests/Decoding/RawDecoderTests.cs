using System;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

public sealed class RawDecoderTests
{
    [Theory]
    [InlineData("pcm_24000", "s16le", 24_000)]
    [InlineData("pcm_8000", "s16le", 8_000)]
    [InlineData("ulaw_8000", "mulaw", 8_000)]
    [InlineData("alaw_8000", "alaw", 8_000)]
    public void Samples_cut_anywhere_are_ffmpegs_own(string name, string format, int rate)
    {
        byte[] bytes = Fixture.Encoded($"{name}.raw", rate, 1, "-f", format);
        byte[] float32 = Fixture.Run("ffmpeg", bytes,
            ["-v", "error", "-f", format, "-ar", $"{rate}", "-ac", "1", "-i", "pipe:0", "-f", "f32le", "pipe:1"]);
        Decoded decoded = Decoded.From(bytes, name, [1, 2, 3, 31]);
        Assert.Equal(new AudioFormat(rate, 1), decoded.Format);
        Differences.Within(
            0, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(float32), decoded.Channels[0]);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void An_odd_last_byte_is_left_out_with_a_warning()
    {
        Decoded decoded = Decoded.From([0, 0x40, 0, 0xC0, 7], "pcm_24000", [1]);
        Assert.Equal([0.5f, -0.5f], decoded.Channels[0]);
        Assert.Contains("1 of 2 bytes", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Stereo_is_asked_for_by_name()
    {
        Decoded decoded = Decoded.From([0, 0x40, 0, 0xC0, 0, 0x20, 0, 0xE0], "pcm_48000_stereo", [3]);
        Assert.Equal(new AudioFormat(48_000, 2), decoded.Format);
        Assert.Equal([0.5f, 0.25f], decoded.Channels[0]);
        Assert.Equal([-0.5f, -0.25f], decoded.Channels[1]);
    }

    [Fact]
    public void Empty_input_and_half_a_sample_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<UnreadableAudioException>(() => Decoded.From([], "pcm_24000")).Message,
            StringComparison.Ordinal);
        Assert.Throws<UnreadableAudioException>(() => Decoded.From([1], "pcm_24000"));
    }

    [Fact]
    public void A_wav_named_as_bare_samples_is_read_as_what_it_is()
    {
        byte[] wav = Fixture.Encoded("named.wav", 44_100, 1, "-c:a", "pcm_s16le");
        Decoded decoded = Decoded.From(wav, "pcm_24000", [1]);
        Assert.Equal(44_100, decoded.Format.SampleRate);
        Assert.Contains("named pcm_24000 but is Wav", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_laws_round_trip_every_byte()
    {
        for (int code = 0; code < 256; code++)
        {
            int linear = (int)(G711.ALawSamples[code] * 32_768);
            Assert.Equal(code, G711.ToALaw(linear));
            linear = (int)(G711.MuLawSamples[code] * 32_768);
            // 0x7F and 0xFF are both zero.
            Assert.Equal(code == 0x7F ? 0xFF : code, G711.ToMuLaw(linear));
        }
    }

    [Fact]
    public void Both_laws_are_within_half_a_step_of_every_sample()
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            // A segment has 16 steps and starts at half of where it ends, counted from the law's own offset.
            int mu = Math.Min(Math.Abs(sample), 32_124);
            Assert.InRange(Math.Abs((G711.MuLawSamples[G711.ToMuLaw(sample)] * 32_768) - (Math.Sign(sample) * mu)), 0,
                ((mu + 132) / 32f) + 1);
            Assert.InRange(Math.Abs((G711.ALawSamples[G711.ToALaw(sample)] * 32_768) - sample), 0,
                Math.Max(8, Math.Abs(sample) / 32f) + 1);
        }
    }
}
