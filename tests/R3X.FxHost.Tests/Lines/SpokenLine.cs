using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Tests.Lines;

/// <summary>Speech to test with, spoken by espeak-ng and encoded by ffmpeg as a speech service would, once per
/// run.</summary>
internal static class SpokenLine
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("r3x-lines-").FullName);
    private static readonly Lock Making = new();

    /// <summary>About two seconds of speech in a format of ElevenLabs' names.</summary>
    public static string InFormat(string name)
    {
        lock (Making)
        {
            string wav = Path.Combine(Folder.Value, "line.wav");
            if (!File.Exists(wav))
                Run("espeak-ng", "-v", "en-us+m3", "-s", "160", "-w", wav, "Good evening, pilots! The decks are warm.");
            string file = Path.Combine(Folder.Value, name);
            if (!File.Exists(file))
                Run("ffmpeg", ["-y", "-loglevel", "error", "-i", wav, .. Encoding(name), file]);
            return file;
        }
    }

    private static string[] Encoding(string name) => name switch
    {
        "mp3_44100_128" => ["-ar", "44100", "-b:a", "128k", "-write_xing", "0", "-f", "mp3"],
        "mp3_22050_32" => ["-ar", "22050", "-b:a", "32k", "-write_xing", "0", "-f", "mp3"],
        "pcm_24000" => ["-ar", "24000", "-f", "s16le"],
        "pcm_44100" => ["-ar", "44100", "-f", "s16le"],
        "ulaw_8000" => ["-ar", "8000", "-f", "mulaw"],
        "wav_44100" => ["-ar", "44100", "-f", "wav"],
        "opus_48000_64" => ["-ar", "48000", "-c:a", "libopus", "-b:a", "64k", "-f", "ogg"],
        _ => throw new ArgumentException($"No encoding is known for {name}.", nameof(name)),
    };

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {said}");
    }
}
