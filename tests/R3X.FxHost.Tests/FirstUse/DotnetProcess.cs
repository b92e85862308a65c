using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>A program of a newcomer's, and the .NET SDK that builds it: what they write stays in his folder.</summary>
internal static class DotnetProcess
{
    // A build waits for its turn on a busy machine; only one that hangs is ended.
    private static readonly TimeSpan HangLimit = TimeSpan.FromHours(1);

    /// <summary>Runs the SDK to its end.</summary>
    /// <param name="folder">The folder it is run in; what it keeps of its own goes into <c>tmp</c> there.</param>
    /// <param name="program">The program that runs it: "dotnet" itself, mostly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<(int ExitCode, string Said)> RunAsync(
        string folder, string program, params string[] arguments) => RunAsync(
            folder, Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName, program, arguments,
            compiles: true);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">The folder it is run in.</param>
    /// <param name="temporary">A folder for its temporary files.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="compiles">Whether it compiles: all that do share the compiler of the machine's own builds, since
    /// one that is started anew takes longer than most projects. That one is found in this process's temporary
    /// folder.</param>
    public static async Task<(int ExitCode, string Said)> RunAsync(
        string folder, string temporary, string program, string[] arguments, bool compiles = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        KeepIn(temporary, start);
        start.Environment.Remove("R3X_HOME");
        if (compiles)
        {
            start.Environment["TMPDIR"] = Path.GetTempPath();
            start.Environment["UseSharedCompilation"] = "true";
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(HangLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {HangLimit}.");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Keeps what a program, and the SDK that it may call, write of their own in a folder.</summary>
    public static void KeepIn(string temporary, ProcessStartInfo start)
    {
        start.Environment["TMPDIR"] = temporary;
        // Installed templates are kept there.
        start.Environment["DOTNET_CLI_HOME"] = temporary;
        start.Environment["DOTNET_NOLOGO"] = "1";
        // Nothing that the build starts outlives it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
    }

    /// <summary>Runs the SDK, which has to succeed.</summary>
    public static async Task BuildAsync(string folder, params string[] arguments)
    {
        (int exitCode, string said) = await RunAsync(folder, "dotnet", [.. arguments, "--nologo", "-v", "quiet"]);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{said}");
    }
}
