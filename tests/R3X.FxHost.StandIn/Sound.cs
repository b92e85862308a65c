using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>Takes in the services' formats, made by ffmpeg, once per take and format.</summary>
internal static class Sound
{
    private const int WaveHead = 44;
    private static readonly ConcurrentDictionary<(Take Take, string Format), Lazy<Task<byte[]>>> Made = new();

    /// <summary>The formats of ElevenLabs' names.</summary>
    public static IReadOnlyList<string> Formats { get; } =
    [
        "mp3_22050_32", "mp3_24000_48", "mp3_44100_32", "mp3_44100_64", "mp3_44100_96", "mp3_44100_128",
        "mp3_44100_192", "pcm_8000", "pcm_16000", "pcm_22050", "pcm_24000", "pcm_32000", "pcm_44100", "pcm_48000",
        "wav_8000", "wav_16000", "wav_22050", "wav_24000", "wav_32000", "wav_44100", "wav_48000", "ulaw_8000",
        "alaw_8000", "opus_48000_32", "opus_48000_64", "opus_48000_96", "opus_48000_128", "opus_48000_192",
    ];

    /// <param name="take">The take; takes of one text are told apart by their being made.</param>
    /// <param name="format">One of <see cref="Formats"/>, <c>mp3_24000_128</c>, <c>aac_24000</c> or
    /// <c>flac_24000</c>.</param>
    public static Task<byte[]> InAsync(Take take, string format) => Made.GetOrAdd((take, format),
        static key => new Lazy<Task<byte[]>>(() => Task.Run(() => EncodeAsync(key.Take, key.Format)))).Value;

    /// <summary>The content type of a format, as the services give it.</summary>
    public static string TypeOf(string format) => format.Split('_')[0] switch
    {
        "mp3" => "audio/mpeg",
        "pcm" => "audio/pcm",
        "wav" => "audio/wav",
        "ulaw" or "alaw" => "audio/basic",
        "opus" => "audio/ogg",
        string word => "audio/" + word,
    };

    /// <summary>A WAV whose length nobody knows yet.</summary>
    /// <param name="wave">A whole one.</param>
    /// <param name="size">What stands in place of the size of its data.</param>
    public static byte[] Streamed(byte[] wave, uint size)
    {
        byte[] streamed = [.. wave];
        BinaryPrimitives.WriteUInt32LittleEndian(streamed.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(streamed.AsSpan(40), size);
        return streamed;
    }

    private static async Task<byte[]> EncodeAsync(Take take, string format)
    {
        string[] parts = format.Split('_');
        string rate = parts[1];
        string[] coding = parts[0] switch
        {
            "mp3" => ["-b:a", parts[2] + "k", "-f", "mp3"],
            "ulaw" => ["-f", "mulaw"],
            "alaw" => ["-f", "alaw"],
            "opus" => ["-c:a", "libopus", "-b:a", parts[2] + "k", "-f", "ogg"],
            "aac" => ["-b:a", "128k", "-f", "adts"],
            "flac" => ["-f", "flac"],
            _ => ["-f", "s16le"],
        };
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-nostdin", "-loglevel", "error", "-f", "s16le", "-ar", Take.Rate.ToString(CultureInfo.InvariantCulture),
            "-ac", "1", "-i", "pipe:0", "-ar", rate, .. coding, "pipe:1",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task feeding = FeedAsync(ffmpeg.StandardInput.BaseStream, take.Samples);
        using var made = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(made, CancellationToken.None);
        await feeding;
        await ffmpeg.WaitForExitAsync(CancellationToken.None);
        return parts[0] == "wav"
            ? [.. Head(int.Parse(rate, CultureInfo.InvariantCulture), (int)made.Length), .. made.ToArray()]
            : made.ToArray();
    }

    private static async Task FeedAsync(Stream input, short[] samples)
    {
        await input.WriteAsync(MemoryMarshal.AsBytes<short>(samples).ToArray());
        input.Close();
    }

    private static byte[] Head(int rate, int size)
    {
        byte[] head = new byte[WaveHead];
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), size + WaveHead - 8);
        "WAVEfmt "u8.CopyTo(head.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(28), rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(34), 16);
        "data"u8.CopyTo(head.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(40), size);
        return head;
    }
}
