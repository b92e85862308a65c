using System;
using System.Linq;
using System.Runtime.InteropServices;
using R3X.FxHost.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>A headerless name is believed only while the bytes do not say something else.</summary>
public sealed class HeaderlessNameTests
{
    private const string Json =
        """{"detail":{"status":"quota_exceeded","message":"This exceeds your quota. You have 0 credits remaining."}}""";

    [Theory]
    [InlineData("pcm_24000", Json, "quota_exceeded")]
    [InlineData("ulaw_8000", Json, "quota_exceeded")]
    [InlineData("alaw_8000", "<html>\r\n<head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway")]
    [InlineData("pcm_44100", "Unauthorized", "Unauthorized")]
    [InlineData("pcm_24000", "data: [DONE]\n\n", "[DONE]")]
    [InlineData("pcm_16000_stereo", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "AccessDenied")]
    [InlineData("pcm_24000", "Ihr Guthaben ist aufgebraucht. Bitte w\u00e4hlen Sie einen Tarif.", "Guthaben")]
    public void Text_is_refused_with_its_beginning(string name, string body, string quoted)
    {
        foreach (int cut in (int[])[1, 7, 100_000])
        {
            var e = Assert.Throws<UnreadableAudioException>(
                () => Decoded.From(System.Text.Encoding.UTF8.GetBytes(body), name, [cut]));
            Assert.Contains("text, not audio", e.Message, StringComparison.Ordinal);
            Assert.Contains(quoted, e.Message, StringComparison.Ordinal);
        }

        byte[] longBody = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(body + "\n", 200)));
        Assert.Throws<UnreadableAudioException>(() => Decoded.From(longBody, name, [1_000]));
    }

    [Theory]
    [InlineData("named.mp3", "Mp3", "-c:a", "libmp3lame", "-write_xing", "0", "-id3v2_version", "0")]
    [InlineData("named-id3.mp3", "Mp3", "-c:a", "libmp3lame")]
    [InlineData("named.ogg", "Ogg", "-c:a", "libvorbis")]
    [InlineData("named.flac", "Flac", "-c:a", "flac")]
    [InlineData("named.aac", "Aac", "-c:a", "aac", "-f", "adts")]
    [InlineData("named.wv", "Other", "-c:a", "wavpack", "-f", "wv")]
    [InlineData("named.ac3", "Other", "-c:a", "ac3")]
    [InlineData("named.eac3", "Other", "-c:a", "eac3")]
    [InlineData("named.ts", "Other", "-c:a", "aac")]
    [InlineData("named.latm", "Other", "-c:a", "aac")]
    [InlineData("named.webm", "Matroska", "-ar", "48000", "-c:a", "libopus")]
    [InlineData("named.m4a", "Mp4", "-c:a", "aac")]
    public void A_file_with_a_header_is_read_as_what_it_is_with_a_warning(
        string file, string kind, params string[] arguments)
    {
        byte[] bytes = Fixture.Encoded(file, 44_100, 1, arguments);
        Decoded decoded = Decoded.From(bytes, "pcm_24000", [61]);
        Assert.True(decoded.Format.SampleRate >= 44_100);
        Assert.True(decoded.SameSamples(Decoded.From(bytes)));
        string said = kind == "Other" ? "kind of file" : kind;
        string warning = Assert.Single(decoded.Warnings, w => w.Contains("named pcm_24000", StringComparison.Ordinal));
        Assert.Contains(said, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFB, 0x90, 0x64 })]
    [InlineData(new byte[] { 0xFF, 0xF3, 0x40, 0xC4 })]
    [InlineData(new byte[] { 0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC })]
    public void Samples_that_start_like_a_frame_of_a_codec_are_samples(byte[] header)
    {
        byte[] sound = Tones.Int16(440, 0.5, 24_000);
        header.CopyTo(sound, 0);
        Decoded named = Decoded.From(sound, "pcm_24000", [100]);
        Assert.Equal(sound.Length / 2, named.Frames);
        Assert.Empty(named.Warnings);
        var e = Assert.Throws<UnreadableAudioException>(() => Decoded.From(sound, tools: new CodecTools(true, null)));
        Assert.Contains(UnreadableAudioException.FormatFix, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("error")]
    public void A_few_letters_are_no_sound(string body) =>
        Assert.Throws<UnreadableAudioException>(
            () => Decoded.From(System.Text.Encoding.UTF8.GetBytes(body), "ulaw_8000", [1]));

    [Fact]
    public void Text_in_another_encoding_than_UTF_8_is_text()
    {
        byte[] text = System.Text.Encoding.Latin1.GetBytes(
            "<html><body>Das Kontingent ist ersch\u00f6pft. Bitte sp\u00e4ter.</body></html>");
        Assert.Throws<UnreadableAudioException>(() => Decoded.From(text, "pcm_24000"));
    }

    [Fact]
    public void Float_samples_named_as_16_bit_ones_are_read_as_what_they_are()
    {
        float[] tone = Decoded.From(Tones.Int16(440, 0.5, 24_000), "pcm_24000").Channels[0];
        byte[] bytes = MemoryMarshal.AsBytes(tone.AsSpan()).ToArray();
        Decoded decoded = Decoded.From(bytes, "pcm_24000", [13]);
        Assert.Equal(tone, decoded.Channels[0]);
        Assert.Contains("32-bit float", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(30_000)]
    public void Silence_hiss_and_noise_are_sound_whatever_they_are_named(int amplitude)
    {
        var random = new Random(5);
        byte[] noise = new byte[2 * 24_000];
        for (int i = 0; i < noise.Length; i += 2)
            BitConverter.TryWriteBytes(noise.AsSpan(i), (short)random.Next(-amplitude, amplitude + 1));
        Assert.Equal(24_000, Decoded.From(noise, "pcm_24000", [999]).Frames);
        Assert.Equal(12_000, Decoded.From(noise, "pcm_44100_stereo").Frames);
        Assert.Equal(48_000, Decoded.From(noise, "ulaw_8000").Frames);
        Assert.Equal(48_000, Decoded.From(noise, "alaw_8000").Frames);
    }

    [Fact]
    public void A_silent_A_law_line_whose_bytes_are_printable_is_sound()
    {
        byte[] silence = [.. Enumerable.Repeat((byte)'U', 4_000)];
        Assert.Equal(4_000, Decoded.From(silence, "alaw_8000").Frames);
    }
}
