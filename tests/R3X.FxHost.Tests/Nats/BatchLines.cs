using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Nats;

/// <summary>Many short lines, each another, and the command and workers that render them.</summary>
internal sealed class BatchLines : IDisposable
{
    private const int Rate = 24_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-batch-");

    /// <param name="count">How many.</param>
    public BatchLines(int count)
    {
        for (int i = 0; i < count; i++)
        {
            string folder = PathOf(string.Create(CultureInfo.InvariantCulture, $"lines/scene{i % 20}"));
            Directory.CreateDirectory(folder);
            byte[] samples = Voice(i);
            File.WriteAllBytes(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.wav")),
                SpokenLines.Wav(samples, samples.Length));
        }
    }

    public string Folder => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Every file below a folder but hidden ones, by its path from there.</summary>
    public SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith('.')))
            files[Path.GetRelativePath(PathOf(folder), file)] = file;
        return files;
    }

    /// <summary>Starts the command.</summary>
    public R3xProcess Start(params string[] arguments) =>
        R3xProcess.Start(R3xProcess.Command(Folder, R3xProcess.Program, arguments));

    /// <summary>Starts it with presets and effects of another folder.</summary>
    public R3xProcess StartAt(string home, params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(Folder, R3xProcess.Program, arguments);
        start.Environment["R3X_HOME"] = home;
        return R3xProcess.Start(start);
    }

    /// <summary>Runs the command to its end.</summary>
    public Task<R3xRun> RunAsync(params string[] arguments) => R3xProcess.RunAsync(Folder, arguments);

    /// <summary>Waits until so many files are there.</summary>
    public async Task HoldsAsync(string folder, int files, CancellationToken cancellation)
    {
        while (!Directory.Exists(PathOf(folder)) || Files(folder).Count < files)
            await Task.Delay(20, cancellation);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Something like a voice, at a pitch of its own, which sinks: a third of a second, and of some lines five, which
    // are too long for a message.
    private static byte[] Voice(int number)
    {
        byte[] samples = new byte[(number % 50 == 9 ? 120_000 : 6_000 + (number % 40 * 100)) * 2];
        double phase = 0;
        for (int i = 0; i < samples.Length / 2; i++)
        {
            phase += (100 + (number % 200) - (i * 0.002)) / Rate;
            double sample = Math.Sin(2 * Math.PI * phase) + (0.5 * Math.Sin(6 * Math.PI * phase))
                + (0.2 * Math.Sin(22 * Math.PI * phase * (1 + (number * 1e-4))));
            BitConverter.TryWriteBytes(samples.AsSpan(i * 2), (short)(sample * 6_000));
        }

        return samples;
    }
}
