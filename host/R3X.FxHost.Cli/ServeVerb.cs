using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Cli;

/// <summary>
/// <c>r3x serve</c>: starts the server, a program of its own beside this one, so that no other verb starts slower for
/// what a server needs. On Unix it takes this process's place.
/// </summary>
internal static partial class ServeVerb
{
    public const string Name = "serve";

    /// <summary>The verb as the list of verbs shows it; <see cref="Run"/> is what it does.</summary>
    public static Command Create() => new Verb(
        Name,
        "Gives any assistant these voices: a server in front of OpenAI, ElevenLabs and Wyoming speech services.",
        "r3x serve --help");

    /// <summary>Runs the server with everything that stands behind the verb.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        // Where the command was built and not published, the server stands in its own project's folder.
        string[] folders = [".", Path.Combine("..", "..", "R3X.FxHost.Server", "release")];
        string[]? server = folders.Select(static folder => Find(Path.GetFullPath(folder, AppContext.BaseDirectory)))
            .FirstOrDefault(static found => found is not null);
        if (server is null)
        {
            Messages.Error($"The server is not installed: there is no r3x-serve in {AppContext.BaseDirectory}. "
                + "Install r3x again; in a checkout, build it with ./build.sh.");
            return ExitCode.Failed;
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Execute(server[0], [.. server, .. arguments.ToArray(), null]);
            Messages.Error($"{server[0]} cannot be started ({Marshal.GetLastPInvokeErrorMessage()}). Install r3x "
                + "again; in a checkout, build it with ./build.sh.");
            return ExitCode.Failed;
        }

        var start = new ProcessStartInfo(server[0], [.. server[1..], .. arguments]) { UseShellExecute = false };
        using Process running = Process.Start(start)!;
        // Ctrl-C reaches both; the server decides.
        System.Console.CancelKeyPress += static (_, pressed) => pressed.Cancel = true;
        running.WaitForExit();
        return running.ExitCode;
    }

    // A .NET tool's package is for every machine and has no executables, only assemblies: the .NET that runs this one
    // runs the server's.
    private static string[]? Find(string folder)
    {
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        string program = Path.Combine(folder, "r3x-serve" + extension);
        string code = Path.Combine(folder, "r3x-serve.dll");
        // Of shared/Microsoft.NETCore.App/VERSION/.
        string dotnet = Path.GetFullPath(
            Path.Combine("..", "..", "..", "dotnet" + extension), RuntimeEnvironment.GetRuntimeDirectory());
        return File.Exists(program) ? [program] : File.Exists(code) ? [dotnet, code] : null;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
