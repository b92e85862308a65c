using System;
using System.Collections.Concurrent;
using System.IO;
using System.Runtime.InteropServices;
using R3X.FxHost.Levelling;
using R3X.FxHost.Tests.Metering;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A host with presets of every kind of loudness, and spoken lines that arrive as loud as a test
/// says.</summary>
internal static class LevelledHost
{
    private const string Steps = """
        chain:
          - eq: { high-pass: 200 Hz, presence-gain: 5 dB }
          - compressor: { threshold: -22 dB, ratio: 4:1 }
          - saturation: { drive: 28% }
        """;

    private static readonly ConcurrentDictionary<(string, int), (float[] Samples, double Loudness)> Lines = new();

    public static FxHost Create(string reference = "-20 LUFS", ISpeakerLevels? levels = null)
    {
        string folder = TestHost.PresetFolder(
            // One step that does nothing, because an empty chain plays lines as they come.
            ("plain", "preset: 1\nchain:\n  - gain: { level: 0 dB }\n"),
            ("plain-18", "preset: 1\nmatch-loudness: -18 LUFS\nchain:\n  - gain: { level: 0 dB }\n"),
            ("loud-18", $"preset: 1\nmatch-loudness: -18 LUFS\n{Steps}\n  - limiter\n"),
            ("loud-13", $"preset: 1\nmatch-loudness: -13 LUFS\n{Steps}\n  - limiter\n"),
            ("no-limiter", $"preset: 1\nmatch-loudness: -24 LUFS\n{Steps}\n"));
        File.AppendAllText(Path.Combine(folder, "host.yaml"), $"reference-loudness: {reference}\ndefault: plain\n");
        return levels is null ? TestHost.Create(presets: folder)
            : FxHost.Create(new FxHostOptions { PresetFolder = folder, Device = "null", SpeakerLevels = levels });
    }

    public static double TargetOf(string preset) =>
        preset switch { "loud-13" => -13, "no-limiter" => -24, "plain" => -20, _ => -18 };

    /// <summary>About ten seconds of a voice.</summary>
    public static float[] Line(string voice, int rate, double loudness)
    {
        (float[] samples, double was) = Lines.GetOrAdd((voice, rate), static key =>
        {
            float[] line = Spoken.Line(key.Item2, 1, key.Item1);
            return (line, Spoken.MeasuredByFfmpeg(line, key.Item2, 1).Integrated);
        });
        float gain = (float)Math.Pow(10, (loudness - was) / 20);
        return Array.ConvertAll(samples, sample => sample * gain);
    }

    /// <summary>As pcm_24000 carries them; peaks beyond full scale are cut, as a loud voice's would be.</summary>
    public static byte[] Bytes(float[] samples) =>
        MemoryMarshal.AsBytes(Array.ConvertAll(samples, sample =>
            (short)Math.Clamp(Math.Round(sample * 32_768), -32_768, 32_767)).AsSpan()).ToArray();
}
