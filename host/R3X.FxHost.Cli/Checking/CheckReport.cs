using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli.Checking;

/// <summary>What came of checking files, for people and as an exit code.</summary>
internal sealed record CheckReport(IReadOnlyList<CheckedFile> Files)
{
    private IEnumerable<PresetDiagnostic> Problems => Files.SelectMany(file => file.Problems);

    private int Mistakes => Problems.Count(problem => problem.Severity == DiagnosticSeverity.Error);

    private int Warnings => Problems.Count() - Mistakes;

    /// <summary>0 when every preset can be used; 1 when the only trouble is a file that is there and cannot be read; 2
    /// when there are mistakes.</summary>
    public int ExitCode => Mistakes == 0 ? Cli.ExitCode.Done
        : Problems.All(problem => problem.Severity == DiagnosticSeverity.Warning || IsUnreadable(problem))
            ? Cli.ExitCode.Failed
        : Cli.ExitCode.WrongUsage;

    /// <summary>Prints it for people.</summary>
    public void Print()
    {
        foreach (PresetDiagnostic problem in Problems)
            Console.Out.WriteLine(DiagnosticText.Format(problem) + "\n");
        string found = Mistakes + Warnings == 0 ? "nothing is wrong"
            : Warnings == 0 ? Count(Mistakes, "mistake")
            : Mistakes == 0 ? Count(Warnings, "warning")
            : $"{Count(Mistakes, "mistake")}, {Count(Warnings, "warning")}";
        Console.Out.WriteLine($"{Count(Files.Count, "file")}: {found}.");
    }

    /// <summary>The report as JSON.</summary>
    public CheckListing ToListing() =>
        new([.. Files.Select(file => file.Path)], Mistakes, Warnings, [.. Problems.Select(ProblemRow.Of)]);

    private static bool IsUnreadable(PresetDiagnostic problem) => problem.Rule == DiagnosticRule.File
        && File.Exists(problem.File);

    private static string Count(int number, string what) =>
        number == 1 ? $"1 {what}" : string.Create(null, $"{number} {what}s");
}

/// <summary>What <c>presets check --json</c> prints.</summary>
internal sealed record CheckListing(string[] Files, int Mistakes, int Warnings, ProblemRow[] Problems);

/// <summary>
/// A problem in JSON. Lines and columns count from 1, columns in UTF-16 units; the end is behind the last one. All are
/// 0 for a file as a whole.
/// </summary>
internal sealed record ProblemRow(string File, int Line, int Column, int EndColumn, string Severity, string Rule,
    string Message, string Fix, string? SourceLine)
{
    public static ProblemRow Of(PresetDiagnostic problem) => new(
        problem.File,
        problem.Line,
        problem.Column,
        problem.Column + problem.Length,
        problem.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        problem.Rule.Id,
        problem.Message,
        problem.Fix,
        problem.SourceLine);
}
