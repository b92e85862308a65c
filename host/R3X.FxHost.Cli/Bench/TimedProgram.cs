using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Bench;

/// <summary>Runs a program to its end and says how long that took, start-up included.</summary>
internal static class TimedProgram
{
    /// <summary>This program, and what stands in front of its arguments: as "dotnet r3x.dll" it is dotnet, and the
    /// command line begins with the file.</summary>
    public static (string Program, string[] Before) Self =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? (Environment.ProcessPath!, [Path.GetFullPath(Environment.GetCommandLineArgs()[0])])
        : (Environment.ProcessPath!, []);

    /// <returns>Wall time in seconds; null when there is no such program.</returns>
    /// <exception cref="UsageException">The program ended with an error; its last words are in the message.</exception>
    public static double? Run(BenchFolder folder, string program, string[] arguments, CancellationToken cancellation)
    {
        folder.DeleteOutput();
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long began = Stopwatch.GetTimestamp();
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            WaitFor(process, cancellation);
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Task.WaitAll([output, errors], cancellation);
            return process.ExitCode == 0 ? seconds : throw new UsageException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {LastLine(errors.Result)}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void WaitFor(Process process, CancellationToken cancellation)
    {
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw;
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
