using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>What must hold for every decoder, whatever its input is and however it was cut.</summary>
public sealed class AnyChunkingTests
{
    // Without ffmpeg: a process for each of thousands of junk files proves nothing more.
    private static readonly CodecTools Own = Decoded.AllTools with { Ffmpeg = null };
    private static readonly CodecTools Managed = new(HasMpg123: false, Ffmpeg: null);

    private static readonly Gen<int[]> Cuts = Gen.OneOf(Gen.Int[1, 16], Gen.Int[1, 2_000], Gen.Int[1, 20_000]).Array[1,
        12];

    private static readonly Dictionary<string, (string? Name, Func<byte[]> Bytes)> Lines = new()
    {
        ["pcm"] = ("pcm_24000", () => Fixture.Encoded("cuts.raw", 24_000, 1, "-f", "s16le")),
        ["mu-law"] = ("ulaw_8000", () => Fixture.Encoded("cuts.ul", 8_000, 1, "-f", "mulaw")),
        ["24-bit stereo WAV"] = (null, () => Fixture.Encoded("cuts24.wav", 48_000, 2, "-c:a", "pcm_s24le")),
        ["64-bit float WAV"] = (null, () => Fixture.Encoded("cuts64.wav", 16_000, 2, "-c:a", "pcm_f64le")),
        ["gapless MP3"] = (null, () => Fixture.Encoded("cuts.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k")),
        ["MPEG-2 MP3"] = ("mp3_22050_32", () =>
            Fixture.Encoded("cuts22.mp3", 22_050, 1, "-c:a", "libmp3lame", "-b:a", "32k", "-write_xing", "0")),
        ["192 kHz WAV"] = (null, () => Fixture.Encoded("cuts192.wav", 192_000, 1, "-c:a", "pcm_s16le", "-t", "0.3")),
    };

    public static IEnumerable<TheoryDataRow<string>> Kinds() =>
        Lines.Keys.Select(kind => new TheoryDataRow<string>(kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_samples_are_the_same_however_the_bytes_were_cut(string kind)
    {
        (string? name, byte[] bytes) = Line(kind);
        Decoded whole = Decoded.From(bytes, name);
        Assert.True(whole.SameSamples(Decoded.From(bytes, name, [1])));
        Gen.Select(Cuts, Gen.Int[1, 1_500]).Sample(
            (cuts, room) =>
            {
                Decoded cut = Decoded.From(bytes, name, cuts, room);
                return whole.SameSamples(cut) && cut.Warnings.Count == whole.Warnings.Count;
            },
            iter: 25);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_lines_end_in_sound_or_a_plain_error(string kind)
    {
        (string? name, byte[] bytes) = Line(kind);
        Gen.Select(Gen.Int[0, bytes.Length - 1].Array[0, 20], Gen.Byte, Gen.Int[0, bytes.Length], Cuts).Sample(
            (places, value, length, cuts) =>
            {
                byte[] damaged = bytes[..length];
                foreach (int place in places)
                {
                    if (place < length)
                        damaged[place] ^= value;
                }

                return EndsWell(damaged, name, cuts) && EndsTheSame(damaged, name, cuts);
            },
            iter: 40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_MP3_is_as_long_and_as_finite_in_both_decoders(bool isGapless) =>
        DamageMp3(isGapless, times: 60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Length", "Long")]
    public void Damaged_MP3_is_as_long_and_as_finite_in_both_decoders_however_often(bool isGapless) =>
        DamageMp3(isGapless, times: 5_000);

    [Theory]
    [InlineData(null)]
    [InlineData("wav")]
    [InlineData("mp3")]
    [InlineData("pcm_16000_stereo")]
    [InlineData("alaw_8000")]
    public void Random_bytes_end_in_sound_or_a_plain_error(string? name)
    {
        byte[][] starts =
        [
            [], [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 9], [0xFF, 0xFB, 0x90, 0x64], [.. "RIFF\0\0\0\0WAVEfmt "u8],
                [.. "RIFF\0\0\0\0WAVEdata"u8],
            [.. "RF64\0\0\0\0WAVEds64"u8],
                [.. "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0\0\x7D\0\0\0\0\0\0\x04\0\x10\0data"u8],
        ];
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Byte.Array[0, 3_000], Gen.Int[1, 40], Cuts).Sample(
            (start, junk, times, cuts) =>
            {
                var bytes = new List<byte>(starts[start]);
                for (int i = 0; i < times; i++)
                    bytes.AddRange(junk);
                return EndsWell([.. bytes], name, cuts);
            },
            iter: 60);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Once_sound_came_nothing_is_allocated(string kind)
    {
        (string? name, byte[] bytes) = Line(kind);
        var output = new AudioBuffer(2, 1_024);
        Assert.Equal(0, Allocations.Fewest(() =>
        {
            using IDecoder decoder = Decoders.Open(name);
            int at = 0;
            DecodeTo(bytes.Length / 2);
            return Allocations.Of(() => DecodeTo(bytes.Length - 500));

            void DecodeTo(int end)
            {
                while (at < end)
                {
                    AudioBlock room =
                        decoder.Format is { Channels: 1 } ? new AudioBlock(output[0]) : output.Block(1_024);
                    at += decoder.Decode(bytes.AsSpan(at, 500), false, room).BytesConsumed;
                }
            }
        }));
    }

    // Bits turned, stretches left out, doubled and overwritten: what is found to be a frame does not depend on who
    // decodes it.
    private static void DamageMp3(bool isGapless, int times)
    {
        byte[] bytes = Line(isGapless ? "gapless MP3" : "MPEG-2 MP3").Bytes;
        Gen.Select(Gen.Int[0, bytes.Length - 1].Array[0, 40], Gen.Byte, Gen.Int[0, bytes.Length - 1], Gen.Int[0, 3_000],
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
                return EndsWell(damaged, "mp3", cuts, Managed)
                    && TryDecode(damaged, "mp3", cuts)?.Frames == TryDecode(damaged, "mp3", null, Managed)?.Frames;
            },
            iter: times);
    }

    private static (string? Name, byte[] Bytes) Line(string kind) => (Lines[kind].Name, Lines[kind].Bytes());

    private static bool EndsTheSame(byte[] bytes, string? name, int[] cuts)
    {
        Decoded? whole = TryDecode(bytes, name, null);
        Decoded? cut = TryDecode(bytes, name, cuts);
        return whole is null == cut is null && (whole is null || whole.SameSamples(cut!));
    }

    private static Decoded? TryDecode(byte[] bytes, string? name, int[]? cuts, CodecTools? tools = null)
    {
        try
        {
            return Decoded.From(bytes, name, cuts, tools: tools ?? Own);
        }
        catch (UnreadableAudioException)
        {
            return null;
        }
    }

    // Sound is bounded by what the densest of the codecs could hold: a frame of 1,152 from 24 bytes.
    private static bool EndsWell(byte[] bytes, string? name, int[] cuts, CodecTools? tools = null)
    {
        try
        {
            Decoded decoded = Decoded.From(bytes, name, cuts, tools: tools ?? Own);
            return decoded.Frames > 0 && decoded.Frames <= (bytes.Length * 48L) + 4_608
                && Array.TrueForAll(decoded.Channels[0], float.IsFinite);
        }
        catch (UnreadableAudioException e)
        {
            return e.Message.Length > 20;
        }
    }
}
