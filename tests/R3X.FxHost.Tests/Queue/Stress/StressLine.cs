using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;

namespace R3X.FxHost.Tests.Queue.Stress;

/// <summary>A line that can be told from its neighbours by its tone, in one of the formats and on one of the ways lines
/// come in.</summary>
internal sealed class StressLine
{
    /// <summary>How many lines have tones of their own before they come round again.</summary>
    public const int Tones = 20;

    private static readonly ConcurrentDictionary<(int Tone, string Format), byte[]> Encoded = new();
    private static readonly string[] Formats = ["wav", "mp3_44100_128", "mp3_22050_32", "pcm_24000", "ulaw_8000"];

    private StressLine(int number, Way way, SpeechAudio audio)
    {
        Number = number;
        Way = way;
        Audio = audio;
    }

    public int Number { get; }

    public int Tone => Number % Tones;

    public Way Way { get; }

    public SpeechAudio Audio { get; }

    public Utterance? Utterance { get; set; }

    /// <summary>The frequency of a tone.</summary>
    public static double Frequency(int tone) => 400 + (100 * tone);

    public static StressLine Create(int number, Random random)
    {
        string format = Formats[random.Next(Formats.Length)];
        var way = (Way)random.Next(Enum.GetValues<Way>().Length);
        byte[] bytes = Encoded.GetOrAdd((number % Tones, format), static key => Encode(key.Tone, key.Format));
        string? headerless = format is "pcm_24000" or "ulaw_8000" ? format : null;
        int seed = random.Next();
        return new StressLine(number, way, way switch
        {
            Way.Whole => SpeechAudio.FromBytes(bytes, headerless),
            Way.Broken => SpeechAudio.FromBytes("<html>503 Service Unavailable</html>"u8.ToArray()),
            _ => SpeechAudio.FromChunks(ArriveAsync(bytes, way, seed), headerless),
        });
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ArriveAsync(
        byte[] bytes, Way way, int seed, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(seed);
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, 2_000), bytes.Length - at);
            yield return bytes.AsMemory(at, length);
            at += length;
            if (way == Way.Dying && at > bytes.Length / 2)
                throw new IOException("The connection was reset by the peer.");
            if (way == Way.Stalled && at > bytes.Length / 2 && at - length <= bytes.Length / 2)
                await Task.Delay(250, cancellation);
            else if (way == Way.Trickling)
                await Task.Delay(random.Next(1, 20), cancellation);
        }
    }

    private static byte[] Encode(int tone, string format)
    {
        float[] samples = TestSignal.Sine(Frequency(tone), -12, 44_100, 44_100 * 2 / 5);
        byte[] wav = FloatWav.Of(samples, 44_100);
        if (format == "wav")
            return wav;
        string from = Path.GetTempFileName();
        File.WriteAllBytes(from, wav);
        string[] encoding = format switch
        {
            "mp3_44100_128" => ["-ar", "44100", "-b:a", "128k", "-write_xing", "0", "-f", "mp3"],
            "mp3_22050_32" => ["-ar", "22050", "-b:a", "32k", "-write_xing", "0", "-f", "mp3"],
            "pcm_24000" => ["-ar", "24000", "-f", "s16le"],
            _ => ["-ar", "8000", "-f", "mulaw"],
        };
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg",
            ["-loglevel", "error", "-i", from, "-ac", "1", .. encoding, "-"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        File.Delete(from);
        return bytes.ToArray();
    }
}
