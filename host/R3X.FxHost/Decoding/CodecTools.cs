using System;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>What is installed to decode and encode with.</summary>
/// <param name="HasMpg123">Whether libmpg123 can be loaded.</param>
/// <param name="Ffmpeg">The path of ffmpeg; null when it is not on the PATH.</param>
internal sealed record CodecTools(bool HasMpg123, string? Ffmpeg)
{
    /// <summary>Where libmpg123 comes from, by platform, as a sentence's end.</summary>
    public static string Mpg123Install { get; } =
        OperatingSystem.IsWindows()
            ? "download libmpg123 from https://mpg123.de/download.shtml and put libmpg123-0.dll beside r3x.exe"
        : OperatingSystem.IsMacOS() ? "brew install mpg123"
        : "sudo apt install libmpg123-0 (Fedora: sudo dnf install mpg123-libs)";

    /// <summary>Looks at this machine.</summary>
    public static CodecTools Installed() => new(Mpg123.IsInstalled, FfmpegProcess.Find());
}
