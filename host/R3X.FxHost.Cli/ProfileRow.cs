using System.Linq;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli;

/// <summary>What <c>profile --json</c> prints. Times are in seconds, the ripple in dB.</summary>
internal sealed record ProfileRow(
    string File,
    double TubeMs,
    double RippleDb,
    double ExpectedErrorDb,
    PieceRow[] Pieces,
    PieceRow[] Rejected)
{
    public static ProfileRow Of(string file, CharacterProfile profile, CharacterRecordings recordings) => new(
        file,
        profile.RippleMs,
        profile.Median.Ripple,
        recordings.ExpectedErrorDb,
        [.. recordings.Used.Select(PieceRow.Of)],
        [.. recordings.Rejected.Select(PieceRow.Of)]);
}

/// <summary>A piece of a recording in JSON.</summary>
internal sealed record PieceRow(string File, double Start, double Seconds, string? Fault)
{
    public static PieceRow Of(RecordingPiece piece) =>
        new(piece.Recording, piece.Start.TotalSeconds, piece.Length.TotalSeconds, piece.Fault);
}
