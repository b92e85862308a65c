using System;
using System.IO;

namespace R3X.FxHost.Decoding;

/// <summary>What is installed to decode and encode with.</summary>
/// <param name="HasMpg123">Whether libmpg123 can be loaded.</param>
/// <param name="Ffmpeg">The path of ffmpeg; null when it is not on the PATH.</param>
internal sealed record CodecTools(bool HasMpg123, string? Ffmpeg)
{
    /// <summary>Where libmpg123 comes from, by platform, as a sentence's end.</summary>
    public static string Mpg123Install { get; } =
        OperatingSystem.IsWindows() ? "download libmpg123 from https://mpg123.de/download.shtml and put libmpg123-0.dll beside r3x.exe"
        : OperatingSystem.IsMacOS() ? "brew install mpg123"
        : "sudo apt install libmpg123-0 (Fedora: sudo dnf install mpg123-libs)";

    /// <summary>Where ffmpeg comes from, by platform, as a sentence's end.</summary>
    public static string FfmpegInstall { get; } =
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg (Fedora: sudo dnf install ffmpeg-free)";

    /// <summary>Looks at this machine. The PATH is looked through each time: someone may just have installed it.</summary>
    public static CodecTools Installed() => new(Mpg123.IsInstalled, OnPath(OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"));

    private static string? OnPath(string program)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string file = Path.Combine(folder.Trim('"'), program);
            if (Path.IsPathFullyQualified(file) && File.Exists(file))
                return file;
        }

        return null;
    }
}
