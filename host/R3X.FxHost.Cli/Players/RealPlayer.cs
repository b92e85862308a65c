using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Cli.Players;

/// <summary>The player that an installed one stands in front of: the next of its name on PATH.</summary>
internal static partial class RealPlayer
{
    /// <summary>What a shell ends with that finds no such program.</summary>
    private const int NotFound = 127;

    private const int BrokenPipe = 13;

    /// <summary>Goes on as the real player: in place of this process, on Windows as its child.</summary>
    /// <param name="player">Its name.</param>
    /// <param name="installed">The installed player's path, which is to be passed over.</param>
    /// <param name="arguments">What it was called with.</param>
    /// <returns>The exit code; on Linux and macOS only where there is no such program.</returns>
    public static int Run(string player, string installed, string[] arguments)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(installed)) ?? "";
        if (Find(player, folder) is not { } program)
        {
            Messages.Error($"{player}: what is piped into this one is heard through R3X.FxHost; for anything else the "
                + $"real {player} has to be on PATH behind {folder}, and is not. Install it: {InstallLine(player)}.");
            return NotFound;
        }

        if (OperatingSystem.IsWindows())
        {
            using Process child = Process.Start(new ProcessStartInfo(program, arguments))!;
            child.WaitForExit();
            return child.ExitCode;
        }

        // The runtime ignores it, and a program that is started inherits that.
        SetSignal(BrokenPipe, 0);
        Replace(program, [player, .. arguments, null]);
        Messages.Error($"{player}: {program} could not be started: {Marshal.GetLastPInvokeErrorMessage()}. Check who "
            + "may run it.");
        return NotFound - 1;
    }

    /// <summary>The program of a name that comes next on PATH behind a folder, or first where the folder is not on
    /// it.</summary>
    private static string? Find(string player, string folder)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(static entry => entry.Length > 0)];
        int own = Array.FindLastIndex(folders, entry => Resolved(entry) == Resolved(folder));
        string file = OperatingSystem.IsWindows() ? player + ".exe" : player;
        return folders.Skip(own + 1).Select(entry => Path.Combine(entry, file)).FirstOrDefault(IsProgram);
    }

    private static string Resolved(string folder)
    {
        try
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            return new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return folder;
        }
    }

    private static bool IsProgram(string file) => File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string InstallLine(string player)
    {
        if (OperatingSystem.IsWindows())
            return player == "ffplay" ? "winget install ffmpeg" : $"winget install {player}";
        (string package, string brew) = player switch
        {
            "ffplay" => ("ffmpeg", "ffmpeg"),
            "aplay" => ("alsa-utils", "alsa-utils"),
            "paplay" => ("pulseaudio-utils", "pulseaudio"),
            _ => (player, player),
        };
        return OperatingSystem.IsMacOS() ? $"brew install {brew}" : $"sudo apt install {package}";
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string program, string?[] arguments);
}
