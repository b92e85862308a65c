using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>What is installed to decode and encode with.</summary>
/// <param name="HasMpg123">Whether libmpg123 can be loaded.</param>
/// <param name="Ffmpeg">The path of ffmpeg; null when it is not on the PATH.</param>
internal sealed record CodecTools(bool HasMpg123, string? Ffmpeg)
{
    /// <summary>Looks at this machine.</summary>
    public static CodecTools Installed() => new(Mpg123.IsInstalled, FfmpegProcess.Find());
}
