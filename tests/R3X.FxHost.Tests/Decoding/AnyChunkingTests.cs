using System;
using System.Collections.Generic;
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

    private static readonly Gen<int[]> Cuts = Gen.OneOf(Gen.Int[1, 16], Gen.Int[1, 2_000], Gen.Int[1, 20_000]).Array[1, 12];

    public static IEnumerable<TheoryDataRow<string?, byte[]>> Lines()
    {
        yield return new("pcm_24000", Fixture.Encoded("cuts.raw", 24_000, 1, "-f", "s16le"));
        yield return new("ulaw_8000", Fixture.Encoded("cuts.ul", 8_000, 1, "-f", "mulaw"));
        yield return new(null, Fixture.Encoded("cuts24.wav", 48_000, 2, "-c:a", "pcm_s24le"));
        yield return new(null, Fixture.Encoded("cuts64.wav", 16_000, 2, "-c:a", "pcm_f64le"));
        yield return new(null, Fixture.Encoded("cuts.mp3", 44_100, 1, "-c:a", "libmp3lame", "-b:a", "128k"));
        yield return new("mp3_22050_32", Fixture.Encoded("cuts22.mp3", 22_050, 1, "-c:a", "libmp3lame", "-b:a", "32k", "-write_xing", "0"));
        yield return new(null, Fixture.Encoded("cuts192.wav", 192_000, 1, "-c:a", "pcm_s16le"));
    }

    [Theory]
    [MemberData(nameof(Lines), DisableDiscoveryEnumeration = true)]
    public void The_samples_are_the_same_however_the_bytes_were_cut(string? name, byte[] bytes)
    {
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
    [MemberData(nameof(Lines), DisableDiscoveryEnumeration = true)]
    public void Damaged_lines_end_in_sound_or_a_plain_error(string? name, byte[] bytes)
    {
        Gen.Select(Gen.Int[0, bytes.Length - 1].Array[0, 20], Gen.Byte, Gen.Int[0, bytes.Length], Cuts).Sample(
            (places, value, length, cuts) =>
            {
                byte[] damaged = bytes[..length];
                foreach (int place in places)
                {
                    if (place < length)
                        damaged[place] ^= value;
                }

                return EndsWell(damaged, name, cuts);
            },
            iter: 40);
    }

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
            [], [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 9], [0xFF, 0xFB, 0x90, 0x64], [.. "RIFF\0\0\0\0WAVEfmt "u8], [.. "RIFF\0\0\0\0WAVEdata"u8],
            [.. "RF64\0\0\0\0WAVEds64"u8], [.. "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0\0\x7D\0\0\0\0\0\0\x04\0\x10\0data"u8],
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

    [Fact]
    public void Once_the_format_is_known_nothing_is_allocated()
    {
        foreach (TheoryDataRow<string?, byte[]> line in Lines())
        {
            using IDecoder decoder = Decoders.Open(line.Data.Item1);
            var output = new AudioBuffer(2, 1_024);
            int at = 0;
            long before = 0;
            long allocated = 0;
            byte[] bytes = line.Data.Item2;
            int warm = bytes.Length / 2;
            while (at + 500 < bytes.Length)
            {
                AudioBlock room = decoder.Format is { Channels: 1 } ? new AudioBlock(output[0]) : output.Block(1_024);
                if (at < warm)
                    before = GC.GetAllocatedBytesForCurrentThread();
                at += decoder.Decode(bytes.AsSpan(at, 500), false, room).BytesConsumed;
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated);
        }
    }

    // Sound is bounded by what the densest of the codecs could hold: a frame of 1,152 from 24 bytes.
    private static bool EndsWell(byte[] bytes, string? name, int[] cuts)
    {
        try
        {
            Decoded decoded = Decoded.From(bytes, name, cuts, tools: Own);
            return decoded.Frames > 0 && decoded.Frames <= (bytes.Length * 48L) + 4_608 && Array.TrueForAll(decoded.Channels[0], float.IsFinite);
        }
        catch (UnreadableAudioException e)
        {
            return e.Message.Length > 20;
        }
    }
}
