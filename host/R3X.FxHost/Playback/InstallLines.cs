using System;
using System.IO;

namespace R3X.FxHost.Playback;

/// <summary>What to type to install a library, in the words of this machine's package manager.</summary>
internal static class InstallLines
{
    private static readonly Lazy<string> LinuxFamily = new(() => FamilyOf(ReadRelease()));

    public static string Pulse => Linux("libpulse0", "pulseaudio-libs", "libpulse", "libpulse0", "libpulse");

    public static string PortAudio => OperatingSystem.IsMacOS() ? "brew install portaudio"
        : Linux("libportaudio2", "portaudio", "portaudio", "libportaudio2", "portaudio");

    public static string Mpg123 => OperatingSystem.IsMacOS() ? "brew install mpg123"
        : OperatingSystem.IsWindows()
            ? "vcpkg install mpg123:x64-windows, then put mpg123.dll beside r3x.exe (winget has no package of it)"
        : Linux("libmpg123-0", "mpg123-libs", "mpg123", "libmpg123-0", "mpg123");

    /// <summary>What to do to be heard at all on this machine, in sentences.</summary>
    public static string NoLoudspeaker =>
        OperatingSystem.IsWindows() ? "Plug one in, or enable one: Settings, System, Sound."
        : !OperatingSystem.IsLinux() ? $"If a library is missing: {PortAudio}."
        : "If a sound server should run here, start it (pulseaudio --start, or systemctl --user start pipewire-pulse). "
            + $"If a library is missing: {Both}.";

    private static string Both => Linux(
        "libpulse0 libportaudio2",
        "pulseaudio-libs portaudio",
        "libpulse portaudio",
        "libpulse0 libportaudio2",
        "libpulse portaudio");

    /// <summary>The family of a Linux distribution, by the package manager it comes with.</summary>
    /// <param name="release">The text of its os-release file.</param>
    internal static string FamilyOf(string release)
    {
        foreach (string line in release.Split('\n'))
        {
            if (!line.StartsWith("ID=", StringComparison.Ordinal)
                && !line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
                continue;
            foreach (string id in line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"').Split(' '))
            {
                switch (id)
                {
                    case "fedora" or "rhel" or "centos":
                        return "dnf";
                    case "arch" or "archlinux":
                        return "pacman";
                    case "suse" or "opensuse":
                        return "zypper";
                    case "alpine":
                        return "apk";
                    case "debian" or "ubuntu" or "raspbian":
                        return "apt";
                }
            }
        }

        return "apt";
    }

    private static string Linux(string apt, string dnf, string pacman, string zypper, string apk) =>
        LinuxFamily.Value switch
    {
        "dnf" => $"sudo dnf install {dnf}",
        "pacman" => $"sudo pacman -S {pacman}",
        "zypper" => $"sudo zypper install {zypper}",
        "apk" => $"sudo apk add {apk}",
        _ => $"sudo apt install {apt}",
    };

    private static string ReadRelease()
    {
        try
        {
            return File.ReadAllText("/etc/os-release");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
