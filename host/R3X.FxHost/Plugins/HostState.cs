using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>Where a user's hosts keep what lasts: which plugins are trusted, and the faults of effects.</summary>
internal static class HostState
{
    /// <summary>
    /// The folder: what the environment variable <c>R3X_STATE</c> names; else <c>r3x</c> in
    /// <c>XDG_STATE_HOME</c> (<c>~/.local/state</c>), on Windows in the user's local application data. It need not
    /// exist.
    /// </summary>
    public static string UsersFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("R3X_STATE") is { Length: > 0 } own)
                return Path.GetFullPath(own);
            string? named = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            string home = !string.IsNullOrEmpty(named) ? named
                : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return Path.Combine(home, "r3x");
        }
    }

    /// <summary>Makes a folder that only this user may enter.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
