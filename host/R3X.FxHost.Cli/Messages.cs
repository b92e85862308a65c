using System.Collections.Generic;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>What people read on standard error, so that standard output carries nothing but results.</summary>
internal static class Messages
{
    public static void Error(string text) => Console.Error.WriteLine("r3x: " + text);

    public static void Note(string text) => Console.Error.WriteLine("r3x: " + text);

    public static void Warning(string text) => Console.Error.WriteLine("r3x: warning: " + text);

    /// <summary>Says why a verb failed.</summary>
    /// <returns>The exit code.</returns>
    public static int Of(Failure failure)
    {
        if (failure.Message.Length > 0)
            Error(failure.Message);
        return failure.ExitCode;
    }

    /// <summary>What went wrong in a line that was spoken all the same.</summary>
    /// <param name="report">The line.</param>
    /// <param name="named">Whether to say which line, as when there are several.</param>
    public static void Of(SpeechReport report, bool named = false)
    {
        string prefix = named ? report.Source + ": " : "";
        Warn(report.Faults, prefix);
        Warn(report.Warnings, prefix);
    }

    private static void Warn(IReadOnlyList<string> texts, string prefix)
    {
        foreach (string text in texts)
            Warning(prefix + text);
    }
}
