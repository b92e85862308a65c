namespace R3X.FxHost.Playback;

/// <summary>A native library the host can use, and whether it is here.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Purpose">What does not work without it.</param>
/// <param name="Path">The file that was loaded, or null when none was found.</param>
/// <param name="Version">What it says of itself, or null.</param>
/// <param name="InstallLine">What to type, or to do, on this machine to have it.</param>
public sealed record NativeAudioLibrary(string Name, string Purpose, string? Path, string? Version, string InstallLine)
{
    /// <summary>Whether it was found.</summary>
    public bool IsPresent => Path is not null;
}
