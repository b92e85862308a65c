using System.Linq;
using R3X.FxHost.Matching;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>
/// What <c>match --json</c> prints. File is null where no preset was written; recordings where only a profile was
/// named.
/// </summary>
internal sealed record MatchRow(
    string? File,
    string Verdict,
    string Against,
    double TubeMs,
    double SecondsFitted,
    PieceRow[]? Recordings,
    PieceRow[]? Rejected,
    MatchedLineRow[] Lines)
{
    public static MatchRow Of(string file, MatchResult result, SoughtCharacter sought) => new(
        result.Text is null ? null : file,
        result.Verdict,
        result.Against,
        result.TubeMs,
        result.SecondsFitted,
        sought.Recordings?.Used.Select(PieceRow.Of).ToArray(),
        sought.Recordings?.Rejected.Select(PieceRow.Of).ToArray(),
        [.. result.Lines.Select(line => MatchedLineRow.Of(line, result.Text is not null))]);
}

/// <summary>A line in JSON: its likeness, and its intelligibility. Null where there is none.</summary>
internal sealed record MatchedLineRow(
    string Voice,
    string Name,
    bool HeldBack,
    double? Dry,
    double? Against,
    double? Match,
    double? Stoi)
{
    public static MatchedLineRow Of(MatchedLine line, bool isWritten) => new(
        line.Voice,
        line.Name,
        line.IsHeldBack,
        AnalysisRow.Finite(line.Dry),
        AnalysisRow.Finite(line.Against),
        isWritten ? AnalysisRow.Finite(line.Match) : null,
        isWritten ? AnalysisRow.Finite(line.Stoi) : null);
}
