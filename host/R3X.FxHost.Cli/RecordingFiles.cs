using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Cli.Bench;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli;

/// <summary>Recordings of a character as the command line names them: files, and folders of files.</summary>
internal static class RecordingFiles
{
    /// <summary>Reads them all. What is left out, and why, goes to standard error.</summary>
    /// <param name="named">Files and folders.</param>
    /// <param name="keepsNoise">Whether pieces with music or noise under them are used as well.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UsageException">A file that cannot be used, or nothing in any of them.</exception>
    public static CharacterRecordings Read(IReadOnlyList<string> named, bool keepsNoise, CancellationToken cancellation)
    {
        string[] files = [.. named.SelectMany(FilesOf)];
        if (files.Length == 0)
            throw new UsageException(
                $"There is no audio file in \"{named[0]}\". Name recordings, or a folder that holds some.");
        if (files.FirstOrDefault(file => files.Count(other => other == file) > 1) is { } twice)
            throw new UsageException($"\"{twice}\" is named twice. Name every recording once.");
        var recordings = new CharacterRecordings { KeepsNoise = keepsNoise };
        using (var progress = new BenchProgress(files.Length))
        {
            foreach (string file in files)
            {
                progress.Next(Path.GetFileName(file));
                var sound = Analysis.Of(file, null, cancellation);
                recordings.Add(sound.Name, sound.Mono, sound.Format.SampleRate);
            }
        }

        foreach (RecordingPiece piece in recordings.Rejected)
            Messages.Warning($"Left out: {piece}");
        if (recordings.Used.Count == 0)
        {
            string what = files.Length == 1 ? $"\"{files[0]}\"" : $"{files.Length} recordings";
            throw new UsageException(
                $"Nothing of {what} can be used: {recordings.Rejected[0].Fault} Give recordings of the character's "
                + "voice alone, 15 s or more together. Where the noise is the character's own, add --keep-noise.");
        }

        return recordings;
    }

    private static IEnumerable<string> FilesOf(string name)
    {
        if (name == "-")
            throw new UsageException("Recordings have to be files. Write standard input into one first.");
        return RenderPlan.FilesOf(name);
    }
}
