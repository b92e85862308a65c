namespace R3X.FxHost.Decoding;

/// <summary>A part that is installed beside the host, or should be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What it is for, as a phrase.</param>
/// <param name="IsInstalled">Whether it was found.</param>
/// <param name="Install">The line that installs it on this platform.</param>
/// <param name="IsOptional">Whether all works without it, though slower.</param>
public sealed record InstalledCodec(
    string Name, string Purpose, bool IsInstalled, string Install, bool IsOptional = false);
