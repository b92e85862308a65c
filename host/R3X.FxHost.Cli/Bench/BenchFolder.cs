using System;
using System.IO;

namespace R3X.FxHost.Cli.Bench;

/// <summary>A temporary folder for the sound and what is made of it; gone when it is disposed of.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Made();

    public string Path => _folder.FullName;

    /// <summary>The sound, as every program reads it.</summary>
    public string Input => System.IO.Path.Combine(Path, Peer.Input);

    /// <summary>What every program writes; programs ask before they write over a file.</summary>
    public void DeleteOutput() => File.Delete(System.IO.Path.Combine(Path, Peer.Output));

    public void Dispose() => _folder.Delete(recursive: true);

    private static DirectoryInfo Made()
    {
        try
        {
            return Directory.CreateTempSubdirectory("r3x-bench-");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The sound that is measured is kept in {System.IO.Path.GetTempPath()}, which cannot be written: "
                + $"{e.Message} Name another folder in {(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")}.",
                e);
        }
    }
}
