using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Cli.Bench;
using R3X.FxHost.Conformance;

namespace R3X.FxHost.Cli.Checking;

/// <summary>
/// One check in a process of its own, which is this program again: whatever the effect does to it is the check's
/// verdict.
/// </summary>
internal static class CheckProcess
{
    // An effect that takes memory without end shall not take the machine's. Hexadecimal, as the runtime reads it.
    private const string MemoryLimitVariable = "DOTNET_GCHeapHardLimit";
    private const string MemoryLimit = "0x60000000";
    private const string MemoryLimitText = "1.5 GB";

    /// <summary>Runs a check and waits for it.</summary>
    /// <param name="file">The effect's assembly.</param>
    /// <param name="check">The check's name.</param>
    /// <param name="seed">What is drawn at random.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public static ConformanceResult Run(
        string file, string check, int seed, TimeSpan limit, CancellationToken cancellation)
    {
        (string program, string[] before) = TimedProgram.Self;
        var start = new ProcessStartInfo(program,
            [.. before, "effects", "check", file, "--here", "--only", check, "--seed", string.Create(null, $"{seed}")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[MemoryLimitVariable] = MemoryLimit;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        bool ended = Wait(process, limit, cancellation);
        ConformanceResult verdict = new(check, EffectConformance.Checks.First(c => c.Name == check).Promise, seed);
        if (!ended)
        {
            return verdict with
            {
                Measured = string.Create(null, $"It did not come to an end within {limit.TotalSeconds:0} s."),
                LikelyCause = "The constructor, Parameters, Prepare, Process or Reset waits for something, or goes "
                    + "round for ever.",
                Fix = "Wait for nothing; where a check only needs longer on this machine, give --time-limit more "
                    + "seconds.",
            };
        }

        return Json.Read<ConformanceResult>(output.GetAwaiter().GetResult())
            ?? Crashed(verdict, process.ExitCode, errors.GetAwaiter().GetResult());
    }

    /// <summary>What the process that is started does: one check, its result as JSON.</summary>
    /// <returns>The exit code.</returns>
    public static int RunHere(string file, string check, int seed)
    {
        ConformanceResult result;
        try
        {
            result = EffectConformance.Run(check, EffectConformance.Load(file), seed);
        }
#pragma warning disable CA1031
        catch (Exception e)
        {
            // What loading runs into: files that are missing, or of another kind.
            result = new ConformanceResult(check, "The plugin can be loaded.", seed)
            {
                Measured = $"{e.GetType().Name}: {e.Message}",
                LikelyCause = "What it is built on is not in its folder, or another version of it is.",
                Fix = "Build it with EnableDynamicLoading, which copies what it needs, and check the whole folder.",
            };
        }

        Json.Write(result);
        return ExitCode.Done;
    }

    private static bool Wait(Process process, TimeSpan limit, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static ConformanceResult Crashed(ConformanceResult verdict, int exitCode, string errors)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string said = string.Join(" ", lines.Where(line => !line.All(c => c == '-')).Take(3));
        (string cause, string fix) = (errors.Contains("Stack overflow", StringComparison.Ordinal),
            errors.Contains("OutOfMemory", StringComparison.Ordinal)) switch
        {
            (true, _) => ("A method calls itself without end.", "Let it end, or use a loop."),
            (_, true) => ("It takes more and more memory.",
                $"Make in Prepare what is needed, once; a check has {MemoryLimitText}."),
            _ => ("It ends the process, crashes in native code, or throws on a thread or in a finalizer of its own.",
                "Start no threads, and let no exception out; look for its name in what the process said."),
        };
        return verdict with
        {
            Measured = string.Create(null, $"The process of the check died with exit code {exitCode}: ")
                + (said.Length > 0 ? said : "it said nothing."),
            LikelyCause = cause,
            Fix = fix,
        };
    }
}
