using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>A folder of installed players: small scripts that start this program.</summary>
/// <param name="folder">The folder's path.</param>
internal sealed class PlayerFolder(string folder)
{
    // Scripts of ours say so in their second line.
    private const string Mark = "R3X.FxHost plays what is piped into ";

    /// <summary>The players there are.</summary>
    public static IReadOnlyList<string> Players { get; } = ["mpv", "ffplay", "aplay", "paplay"];

    /// <summary>Files in the way: they have a player's name and are none of ours.</summary>
    public IReadOnlyList<string> Foreign() =>
        [.. Players.Select(FileOf).Where(static file => File.Exists(file) && !IsOurs(file))];

    /// <summary>Writes the players.</summary>
    /// <param name="variables">What the environment is to say where it says nothing else.</param>
    public void Install(IReadOnlyDictionary<string, string> variables)
    {
        Directory.CreateDirectory(folder);
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "r3x.exe" : "r3x");
        // A .NET tool is started by a program that stands elsewhere.
        if (!File.Exists(program))
            program = Environment.ProcessPath!;
        foreach (string player in Players)
        {
            string file = FileOf(player);
            // Not written into: a player that is running goes on, and so does what a link names.
            string part = file + ".part";
            File.WriteAllText(part, OperatingSystem.IsWindows()
                ? WindowsScript(player, program, variables) : Script(player, program, variables));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(part, (UnixFileMode)0b111_101_101);
            File.Move(part, file, overwrite: true);
        }
    }

    /// <summary>Takes the players away, and nothing else.</summary>
    /// <returns>How many there were.</returns>
    public int Remove()
    {
        string[] ours = [.. Players.Select(FileOf).Where(static file => File.Exists(file) && IsOurs(file))];
        Array.ForEach(ours, File.Delete);
        return ours.Length;
    }

    private string FileOf(string player) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? player + ".cmd" : player);

    private static bool IsOurs(string file) =>
        File.ReadLines(file).Take(2).LastOrDefault()?.Contains(Mark, StringComparison.Ordinal) == true;

    private static string Script(string player, string program, IReadOnlyDictionary<string, string> variables) =>
        $"#!/bin/sh\n# {Mark}{player}; {Rest(player)}\n"
        + string.Concat(variables.Select(static variable =>
            $"[ -n \"${{{variable.Key}+set}}\" ] || export {variable.Key}={Quoted(variable.Value)}\n"))
        + $"exec {Quoted(program)} {PlayAs.Name} \"$0\" {player} \"$@\"\n";

    private static string Rest(string player) =>
        $"any other use goes on to the next {player} on PATH. Written by r3x install-player.";

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string WindowsScript(string player, string program, IReadOnlyDictionary<string, string> variables) =>
        $"@echo off\r\nrem {Mark}{player}; {Rest(player)}\r\n"
        + string.Concat(variables.Select(static variable =>
            $"if not defined {variable.Key} set \"{variable.Key}={InBatch(variable.Value)}\"\r\n"))
        + $"\"{InBatch(program)}\" {PlayAs.Name} \"%~f0\" {player} %*\r\n";

    private static string InBatch(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
