using System.Collections.Generic;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>A dry line of a voice.</summary>
/// <param name="Name">What people call it, such as its file.</param>
/// <param name="Samples">One channel, full scale at 1.</param>
/// <param name="SampleRate">Of them, 8,000 to 96,000 Hz.</param>
public sealed record MatchLine(string Name, float[] Samples, int SampleRate);

/// <summary>A voice that is to sound like the character, dry.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Lines">Its lines, one at least.</param>
public sealed record MatchVoice(string Name, IReadOnlyList<MatchLine> Lines);

/// <summary>What a preset is fitted to.</summary>
public sealed record MatchRequest
{
    /// <summary>The character.</summary>
    public required CharacterProfile Character { get; init; }

    /// <summary>
    /// The character's recordings in pieces of some seconds, for finding the tube; none where there is only a profile.
    /// </summary>
    public IReadOnlyList<MatchLine> Recordings { get; init; } = [];

    /// <summary>The voices, one at least. One preset is fitted to all.</summary>
    public required IReadOnlyList<MatchVoice> Voices { get; init; }

    /// <summary>The preset the report compares with, by id or path; null for the host's default.</summary>
    public string? Against { get; init; }

    /// <summary>The name that people read in the preset.</summary>
    public string Name { get; init; } = "Match";

    /// <summary>The schema as the preset's file will find it; null for a file that lies elsewhere.</summary>
    public string? Schema { get; init; }

    /// <summary>Everything random follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// How many generations the search for equaliser and tube has: fewer take less time and find less.
    /// </summary>
    public int Generations { get; init; } = 120;
}
