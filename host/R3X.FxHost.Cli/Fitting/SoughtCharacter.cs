using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>The character that is sought, as the command line names it.</summary>
/// <param name="Profile">Its figures.</param>
/// <param name="Recordings">What its recordings held; null where only a profile was named.</param>
internal sealed record SoughtCharacter(CharacterProfile Profile, CharacterRecordings? Recordings)
{
    private const string DjRex = "dj-r3x";

    /// <summary>The pieces of its recordings that are used; none where only a profile was named.</summary>
    public IReadOnlyList<MatchLine> Pieces =>
        [.. (Recordings?.Used ?? []).Select(piece =>
            new MatchLine(piece.ToString(), piece.Samples, RecordingPiece.SampleRate))];

    /// <summary>Reads recordings, or the one profile that is named.</summary>
    /// <exception cref="UsageException">What is named cannot be used.</exception>
    public static SoughtCharacter Of(string[] names, CancellationToken cancellation)
    {
        if (Array.Find(names, IsProfile) is not { } profile)
        {
            CharacterRecordings recordings = RecordingFiles.Read(names, keepsNoise: false, cancellation);
            if (recordings.Used.Count < CharacterRecordings.EnoughPieces)
            {
                Messages.Warning(FormattableString.Invariant(
                    $"{recordings.Used.Count} pieces of recordings say little: expect an error of ")
                    + FormattableString.Invariant($"{recordings.ExpectedErrorDb:0.0} dB (5 pieces: 1.4 dB, 12: 0.7 dB)."));
            }

            return new SoughtCharacter(recordings.Profile(), recordings);
        }

        if (names.Length > 1)
            throw new UsageException(
                $"{profile} is a profile and stands alone. Name either one profile or recordings.");
        return new SoughtCharacter(Character.Of(profile == DjRex ? null : profile).Profile, null);
    }

    private static bool IsProfile(string name) =>
        name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || (name == DjRex && !Path.Exists(name));
}
