using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;

namespace R3X.FxHost.Benchmarks;

/// <summary>
/// Choosing a line's preset among 500, each with four entries of one to four conditions. It should take less than 1 ms;
/// since the files' times are looked at for every line, it takes more.
/// </summary>
public class ChoiceBenchmarks
{
    private const int Presets = 500;
    private const string Text = "[excited] Welcome to Oga's Cantina, pilots! We found the great hyperdrive, and nobody "
        + "knows yet what it is for.";

    private static readonly string[] Moods = ["excited", "happy", "sad", "angry", "curious", "annoyed", "proud",
        "suspicious", "tired", "anxious"];
    private static readonly string[] Cues = ["greeting", "joke", "roast", "game.win", "game.loss", "startup", "idle",
        "announcement"];

    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-benchmark-").FullName;
    private PresetLibrary _library = null!;
    private LineTraits _line = null!;

    /// <summary>Writes the presets.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        foreach (int i in Enumerable.Range(0, Presets))
        {
            string file = Path.Combine(_folder, $"p{i:000}.yaml");
            File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
                preset: 1
                priority: {i % 7}
                use-when:
                  - mood: [{Moods[i % 10]}, {Moods[(i + 3) % 10]}]
                    cue: {Cues[i % 8]}
                  - mood: {Moods[(i + 5) % 10]}
                    words: [yes, word{i}, great, "[excited]", found the]
                    letters: under {40 + i}
                  - words: [word{i}, word{i + 1}, word{i + 2}, hyperdrive]
                    letters: 20 to {60 + i}
                    chance: 50%
                  - speaker: speaker{i}
                chain: [limiter]
                """));
            // Old enough for its time to be trusted.
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
        }

        _line = new LineTraits("excited", "greeting", Text, "speaker7", 42);
        _library = new PresetLibrary(_folder, Installed.Effects);
        Choose();
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    /// <summary>What looking for changed files cannot do without, for comparison: the folder's names.</summary>
    /// <returns>How many there are.</returns>
    [Benchmark(Baseline = true)]
    public int Names() => Directory.GetFiles(_folder).Length;

    /// <summary>The folder and every file's time looked at, all rules, and the chosen preset.</summary>
    /// <returns>The preset.</returns>
    [Benchmark]
    public string Choose() => _library.Choose(null, _line, "p000").Preset!.Id;
}
