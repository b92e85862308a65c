using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>
/// WAV as speech servers send it: a header with every piece, sizes that are wrong, chunks behind the sound.
/// </summary>
public sealed class JoinedWavTests
{
    private const int Rate = 24_000;
    private static readonly int[] All = [440, 880, 1_320];
    private static readonly byte[] A = Tones.Int16(440, 0.5, Rate);
    private static readonly byte[] B = Tones.Int16(880, 0.5, Rate);
    private static readonly byte[] C = Tones.Int16(1_320, 0.5, Rate);
    private static readonly byte[] Info = Chunk(
        "LIST", [.. "INFOISFT"u8, 30, 0, 0, 0, .. "A speech synthesiser, (c) AI.\0"u8]);
    private static readonly byte[] Signed = Chunk(
        "C2PA", [.. Enumerable.Range(0, 1_640).Select(i => (byte)((i * 73) + 41))]);

    public static TheoryData<string> Joined { get; } = [.. JoinedFiles.Keys];

    public static TheoryData<string> WithChunks { get; } = [.. FilesWithChunks.Keys];

    private static Dictionary<string, byte[]> JoinedFiles => new()
    {
        ["a header with each piece"] = [.. Wav(A), .. Wav(B), .. Wav(C)],
        ["a header of unknown size with each"] = [.. Wav(A, uint.MaxValue), .. Wav(B, uint.MaxValue),
            .. Wav(C, uint.MaxValue)],
        ["a header of size 0 with each"] = [.. Wav(A, 0), .. Wav(B, 0), .. Wav(C, 0)],
        ["a header of 2 GB with each"] = [.. Wav(A, 2_000_000_000), .. Wav(B, 2_000_000_000), .. Wav(C, 2_000_000_000)],
        ["a header that counts the first piece"] = [.. Wav(A), .. B, .. C],
        ["another rate in the middle"] = [.. Wav(A), .. Wav(Tones.Int16(880, 0.5, 16_000), rate: 16_000), .. Wav(C)],
        ["another rate at the end"] = [.. Wav(A, 0), .. Wav(B, 0),
            .. Wav(Tones.Int16(1_320, 0.5, 44_100), 0, rate: 44_100)],
        ["stereo in the middle"] = [.. Wav(A), .. Wav(Twice(B), channels: 2), .. Wav(C)],
        ["chunks between the pieces"] = [.. Wav(A), .. Info, .. Wav(B), .. Signed, .. Info, .. Wav(C), .. Signed],
        ["chunks between open pieces"] = [.. Wav(A, 0), .. Info, .. Wav(B, 0), .. Signed, .. Info, .. Wav(C, 0),
            .. Signed],
        ["a header that counts an odd part of the first piece"] = [.. Wav(A, 99), .. Wav(B, 1), .. Wav(C, 23_999)],
        ["odd pieces that are not padded"] = [.. OddWav(A), .. OddWav(B), .. OddWav(C)],
        ["several data chunks"] = [.. Wav(A), .. Chunk("data", B), .. Info, .. Chunk("data", C)],
    };

    private static Dictionary<string, byte[]> FilesWithChunks => new()
    {
        ["true size"] = [.. Wav(A), .. Info, .. Signed],
        ["unknown size"] = [.. Wav(A, uint.MaxValue), .. Info, .. Signed],
        ["size 0"] = [.. Wav(A, 0), .. Info, .. Signed],
        ["2 GB"] = [.. Wav(A, 2_000_000_000), .. Info, .. Signed],
        ["unknown size, one chunk whose name proves nothing"] = [.. Wav(A, uint.MaxValue),
            .. Chunk("bext", new byte[602])],
        ["true size, a chunk nobody knows"] = [.. Wav(A), .. Chunk("xyz1", [1, 2, 3, 4, 5, 6]), .. Info],
        ["unknown size, an empty file behind"] = [.. Wav(A, uint.MaxValue), .. Wav([])],
        ["true size, an empty file behind"] = [.. Wav(A), .. Wav([])],
    };

    [Theory]
    [MemberData(nameof(Joined))]
    public void Every_piece_is_heard_and_no_header_sounds(string kind)
    {
        byte[] file = JoinedFiles[kind];
        Decoded decoded = Decoded.From(file);
        Assert.Equal(new AudioFormat(Rate, 1), decoded.Format);
        Assert.Equal(All, Tones.Of(decoded.Channels[0], Rate, All));
        Assert.InRange(decoded.Frames, 36_000 - 3, 36_000 + 2);
        Assert.NotEmpty(decoded.Warnings);
        Assert.True(decoded.SameSamples(Decoded.From(file, cuts: [1])));
        Assert.True(decoded.SameSamples(Decoded.From(file, cuts: [7, 4_801, 2, 977], room: 500)));
    }

    [Theory]
    [MemberData(nameof(WithChunks))]
    public void Chunks_behind_the_sound_are_no_sound_whatever_the_header_says(string kind)
    {
        byte[] file = FilesWithChunks[kind];
        Decoded decoded = Decoded.From(file);
        Assert.Equal(Decoded.From(Wav(A)).Channels[0], decoded.Channels[0]);
        Assert.True(decoded.SameSamples(Decoded.From(file, cuts: [1])));
    }

    [Fact]
    public void Sound_that_reads_as_the_name_of_a_chunk_stays_sound()
    {
        byte[] sound = [.. A];
        "LIST"u8.CopyTo(sound.AsSpan(4_000));
        "bext"u8.CopyTo(sound.AsSpan(8_002));
        "RIFF"u8.CopyTo(sound.AsSpan(12_000));
        "fact\x10\0\0\0"u8.CopyTo(sound.AsSpan(16_000));
        float[] expected = Decoded.From(sound, "pcm_24000").Channels[0];
        Assert.Equal(expected, Decoded.From(Wav(sound, 0)).Channels[0]);
        Assert.Equal(expected, Decoded.From(Wav(sound), cuts: [3]).Channels[0]);
        byte[] shortSize = Wav(sound);
        BinaryPrimitives.WriteInt32LittleEndian(shortSize.AsSpan(40), 8_002);
        Assert.Equal(expected, Decoded.From(shortSize).Channels[0]);
    }

    [Fact]
    public void A_later_header_that_cannot_be_read_costs_what_follows_it_and_is_told()
    {
        byte[] broken = Wav(B);
        broken[22] = 0;
        Decoded decoded = Decoded.From([.. Wav(A), .. broken, .. Wav(C)]);
        Assert.Equal([440], Tones.Of(decoded.Channels[0], Rate, All));
        Assert.Contains(
            "What follows 0.5 s of sound was left out", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_four_bits_in_frames_of_four_bytes_are_read_as_the_header_says()
    {
        int[] samples = [1 << 22, -(1 << 22), 12_345, -8_388_608, 8_388_607, 0];
        byte[] sound = new byte[4 * samples.Length];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(4 * i), samples[i] << 8);
        Decoded decoded = Decoded.From(Wav(sound, bits: 24, frameBytes: 4));
        Assert.Equal([.. samples.Select(s => s / 8_388_608f)], decoded.Channels[0]);
        Assert.Empty(decoded.Warnings);
    }

    private static byte[] Wav(
        byte[] sound, uint? size = null, int rate = Rate, int channels = 1, int bits = 16, int? frameBytes = null)
    {
        byte[] format = new byte[16];
        int frame = frameBytes ?? channels * bits / 8;
        BinaryPrimitives.WriteInt16LittleEndian(format, 1);
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(2), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * frame);
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(12), (short)frame);
        BinaryPrimitives.WriteInt16LittleEndian(format.AsSpan(14), (short)bits);
        byte[] data = Chunk("data", sound);
        if (size is { } stated)
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), stated);
        return Chunk("RIFF", [.. "WAVE"u8, .. Chunk("fmt ", format), .. data]);
    }

    // 8 bits, an odd number of them, and no byte behind that makes them even.
    private static byte[] OddWav(byte[] sound)
    {
        byte[] high = [.. Enumerable.Range(0, (sound.Length / 2) - 1).Select(i => (byte)(sound[(2 * i) + 1] + 128))];
        return Wav(high, uint.MaxValue, bits: 8)[..^1];
    }

    private static byte[] Chunk(string name, byte[] body)
    {
        byte[] chunk = [.. System.Text.Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, .. body,
            .. new byte[body.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), body.Length);
        return chunk;
    }

    private static byte[] Twice(byte[] mono)
    {
        byte[] stereo = new byte[2 * mono.Length];
        for (int i = 0; i < mono.Length; i += 2)
        {
            mono.AsSpan(i, 2).CopyTo(stereo.AsSpan(2 * i));
            mono.AsSpan(i, 2).CopyTo(stereo.AsSpan((2 * i) + 2));
        }

        return stereo;
    }
}
