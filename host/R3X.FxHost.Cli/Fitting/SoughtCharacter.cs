using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>The character that is sought, as the command line names it.</summary>
/// <param name="Profile">Its figures.</param>
/// <param name="Pieces">Its recordings in pieces; none where only a profile was named.</param>
/// <param name="Rejected">Pieces that were left out, each with the reason.</param>
internal sealed record SoughtCharacter(CharacterProfile Profile, IReadOnlyList<MatchLine> Pieces, IReadOnlyList<string> Rejected)
{
    /// <exception cref="UsageException">What is named cannot be used.</exception>
    public static SoughtCharacter Of(string[] names, CancellationToken cancellation)
    {
        if (names is ["dj-r3x"] && !File.Exists(names[0]))
            return new SoughtCharacter(CharacterProfile.DjRex, [], []);
        if (Array.Find(names, name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) is { } profile)
        {
            if (names.Length > 1)
                throw new UsageException($"{profile} is a profile; it stands alone. Name either one profile or recordings.");
            try
            {
                using FileStream json = File.OpenRead(profile);
                return new SoughtCharacter(CharacterProfile.Read(json), [], []);
            }
            catch (InvalidDataException e)
            {
                throw new UsageException($"{profile}: {e.Message}");
            }
        }

        throw new UsageException("Recordings are not read yet.");
    }
}
