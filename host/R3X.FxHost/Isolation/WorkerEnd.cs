using System;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Isolation;

/// <summary>Words for the end of a worker: from how it ended, and from what the runtime said last.</summary>
internal static class WorkerEnd
{
    private const int MostWords = 300;

    // A process that a signal ended has 128 and the signal's number as its exit code.
    private const int Signals = 128;

    /// <summary>What happened.</summary>
    /// <param name="exitCode">The exit code; null where it has not ended by now.</param>
    /// <param name="said">What it wrote to its error output.</param>
    /// <param name="limits">What it might take.</param>
    public static RemoteFault Of(int? exitCode, string said, WorkerLimits limits)
    {
        string? trace = said.Length == 0 ? null : said;
        if (Line(said, "Out of memory") is not null || Line(said, "OutOfMemoryException") is not null)
            return OutOfMemory(limits, trace);
        if (Line(said, "Stack overflow") is not null)
            return Ended("ended its process: the stack overflowed" + Where(said), trace);
        if (Line(said, "Unhandled exception. ") is { } unhandled)
            return Ended($"ended its process with an exception that nobody caught: {unhandled}", trace);
        if (Line(said, "Process terminated.") is { } failed)
            return Ended($"ended its process itself (FailFast): {failed}", trace);
        return Ended(exitCode switch
        {
            null => "let go of its connection",
            Signals + 11 => "ended its process: it crashed in native code (segmentation fault)",
            Signals + 4 or Signals + 7 or Signals + 8 =>
                $"ended its process: it crashed in native code (signal {exitCode - Signals})",
            unchecked((int)0xC0000005) => "ended its process: it crashed in native code (access violation)",
            Signals + 6 => "ended its process: it was aborted (signal 6)",
            Signals + 9 => "lost its process, which was killed (signal 9)",
            Signals + 15 => "lost its process, which was ended (signal 15)",
            _ => string.Create(CultureInfo.InvariantCulture, $"ended its process (exit code {exitCode})"),
        }, trace);
    }

    /// <summary>It wanted more memory than its heap may have.</summary>
    /// <param name="limits">What it might take.</param>
    /// <param name="trace">The exception.</param>
    public static RemoteFault OutOfMemory(WorkerLimits limits, string? trace) => new(
        FaultCause.OverLimit,
        string.Create(CultureInfo.InvariantCulture, $"wanted more than the {WorkerProgram.HeapMegabytes(limits):0} MB "
            + $"that its objects may take of {limits.MemoryMegabytes:0} MB (isolation: memory in host.yaml)"),
        trace);

    private static RemoteFault Ended(string what, string? trace) => new(FaultCause.ProcessEnded, what, trace);

    // "   at Some.Type.Method(System.Int32)", or "Repeat 3 times:" in front of it.
    private static string Where(string said) =>
        said.Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith("at ", StringComparison.Ordinal)) is { } frame ? $", {frame}" : "";

    // What stands behind the words, or in the next line.
    private static string? Line(string said, string words)
    {
        int at = said.IndexOf(words, StringComparison.Ordinal);
        if (at < 0)
            return null;
        string rest = said[(at + words.Length)..].TrimStart().Split('\n')[0].TrimEnd();
        return rest.Length > MostWords ? rest[..MostWords] + "..." : rest;
    }
}
