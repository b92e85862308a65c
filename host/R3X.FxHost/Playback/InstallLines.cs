using System;
using System.IO;

namespace R3X.FxHost.Playback;

/// <summary>What to type to install a library, in the words of this machine's package manager.</summary>
internal static class InstallLines
{
    private static readonly Lazy<string> LinuxFamily = new(() => FamilyOf(ReadRelease()));

    public static string Pulse => Linux(
        "sudo apt install libpulse0", "sudo dnf install pulseaudio-libs", "sudo pacman -S libpulse", "sudo zypper install libpulse0", "sudo apk add libpulse");

    public static string PortAudio => OperatingSystem.IsMacOS() ? "brew install portaudio"
        : OperatingSystem.IsWindows() ? "vcpkg install portaudio:x64-windows, then put portaudio.dll beside r3x.exe (winget has no package of it)"
        : Linux("sudo apt install libportaudio2", "sudo dnf install portaudio", "sudo pacman -S portaudio", "sudo zypper install libportaudio2", "sudo apk add portaudio");

    public static string Mpg123 => OperatingSystem.IsMacOS() ? "brew install mpg123"
        : OperatingSystem.IsWindows() ? "vcpkg install mpg123:x64-windows, then put mpg123.dll beside r3x.exe (winget has no package of it)"
        : Linux("sudo apt install libmpg123-0", "sudo dnf install mpg123-libs", "sudo pacman -S mpg123", "sudo zypper install libmpg123-0", "sudo apk add mpg123");

    /// <summary>What to install to be heard at all on this machine.</summary>
    public static string Loudspeaker => OperatingSystem.IsLinux()
        ? Linux("sudo apt install libpulse0 libportaudio2", "sudo dnf install pulseaudio-libs portaudio", "sudo pacman -S libpulse portaudio",
            "sudo zypper install libpulse0 libportaudio2", "sudo apk add libpulse portaudio")
        : PortAudio;

    /// <summary>The family of a Linux distribution, by the package manager it comes with.</summary>
    /// <param name="release">The text of its os-release file.</param>
    internal static string FamilyOf(string release)
    {
        foreach (string line in release.Split('\n'))
        {
            if (!line.StartsWith("ID=", StringComparison.Ordinal) && !line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
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

    private static string Linux(string apt, string dnf, string pacman, string zypper, string apk) => LinuxFamily.Value switch
    {
        "dnf" => dnf,
        "pacman" => pacman,
        "zypper" => zypper,
        "apk" => apk,
        _ => apt,
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
