using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Players;

/// <summary>
/// Players installed into a folder of their own, with stand-ins for the real ones behind them on PATH: those print
/// their arguments and their input, and end with 7.
/// </summary>
public sealed class InstalledPlayers : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("r3x-players-");

    public InstalledPlayers()
    {
        Directory.CreateDirectory(Real);
        foreach (string player in (string[])["mpv", "ffplay", "aplay", "paplay"])
        {
            string file = Path.Combine(Real, player);
            File.WriteAllText(file, "#!/bin/sh\nprintf '%s|' \"$@\"\ncat\nexit 7\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        R3xProcess.RunAsync(null, "install-player", Folder, "--preset", "neutral").GetAwaiter().GetResult().Ended(0);
    }

    /// <summary>Where they are.</summary>
    public string Folder => Path.Combine(_root.FullName, "installed");

    /// <summary>Where the stand-ins for the real ones are.</summary>
    public string Real => Path.Combine(_root.FullName, "real");

    /// <summary>What PATH is for a program that is to find them.</summary>
    public string SearchPath => $"{Folder}:{Real}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>How a program is started that finds them: without a loudspeaker and without a server, unless
    /// told.</summary>
    /// <param name="program">A player's name, or another program.</param>
    /// <param name="environment">What else is in its environment.</param>
    /// <param name="arguments">What it is called with.</param>
    internal ProcessStartInfo Command(
        string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string installed = Path.Combine(Folder, program);
        ProcessStartInfo start = R3xProcess.Command(
            _root.FullName, File.Exists(installed) ? installed : program, arguments);
        start.Environment["PATH"] = SearchPath;
        start.Environment["R3X_SERVE"] = "off";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Pipes bytes into a player, all of them, and waits for its end.</summary>
    internal async Task<R3xRun> PipeAsync(byte[] bytes, IReadOnlyDictionary<string, string> environment, string player,
        params string[] arguments)
    {
        using R3xProcess process = R3xProcess.Start(Command(player, environment, arguments));
        // Not FeedAsync, which forgives a player that goes away early.
        await process.Input.WriteAsync(bytes);
        process.Input.Close();
        return await process.EndAsync();
    }

    public void Dispose() => _root.Delete(recursive: true);
}
