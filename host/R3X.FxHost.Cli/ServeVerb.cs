using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Cli;

/// <summary>
/// <c>r3x serve</c>: starts the server, a program of its own beside this one, so that no other verb starts slower for
/// what a server needs. On Unix it takes this process's place.
/// </summary>
internal static partial class ServeVerb
{
    public const string Name = "serve";

    private static readonly string Program = OperatingSystem.IsWindows() ? "r3x-serve.exe" : "r3x-serve";

    /// <summary>The verb as the list of verbs shows it; <see cref="Run"/> is what it does.</summary>
    public static Command Create() => new Verb(
        Name,
        "Gives any assistant these voices: a server in front of OpenAI, ElevenLabs and Wyoming speech services.",
        "r3x serve --help");

    /// <summary>Runs the server with everything that stands behind the verb.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, Program);
        // Where the command was built and not published, the server stands in its own project's folder.
        if (!File.Exists(program))
            program = Path.Combine(AppContext.BaseDirectory, "..", "..", "R3X.FxHost.Server", "release", Program);
        if (!File.Exists(program))
        {
            Messages.Error($"The server is not installed: there is no {program}. Build it with ./build.sh.");
            return ExitCode.Failed;
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Execute(program, [program, .. arguments.ToArray(), null]);
            Messages.Error($"{program} cannot be started ({Marshal.GetLastPInvokeErrorMessage()}). Build it again with "
                + "./build.sh.");
            return ExitCode.Failed;
        }

        var start = new ProcessStartInfo(program) { UseShellExecute = false };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process server = Process.Start(start)!;
        // Ctrl-C reaches both; the server decides.
        System.Console.CancelKeyPress += static (_, pressed) => pressed.Cancel = true;
        server.WaitForExit();
        return server.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
