using System.Collections.Generic;

namespace R3X.FxHost.Matching;

/// <summary>What came of a fit.</summary>
public sealed record MatchResult
{
    /// <summary>The preset's text; null where nothing that was found is better than the dry voice.</summary>
    public required string? Text { get; init; }

    /// <summary>What was found, in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>Every line, as it is dry, with the other preset and with the fitted one.</summary>
    public required IReadOnlyList<MatchedLine> Lines { get; init; }

    /// <summary>The tube's delay in ms; 0 where the character has none.</summary>
    public required double TubeMs { get; init; }

    /// <summary>Seconds of dry voice that the fit heard.</summary>
    public required double SecondsFitted { get; init; }

    /// <summary>The preset that the report compares with.</summary>
    public required string Against { get; init; }

    /// <summary>Colour of the character and of the voices, for a picture.</summary>
    public required MatchedColour Colour { get; init; }
}

/// <summary>
/// One line before and after. Scores are likeness: 1 is as like as a recording of the character is to the others.
/// </summary>
/// <param name="Voice">Its voice.</param>
/// <param name="Name">The line.</param>
/// <param name="IsHeldBack">Whether the fit did not hear it.</param>
/// <param name="Dry">Likeness without effects.</param>
/// <param name="Against">Likeness with the preset that is compared with.</param>
/// <param name="Match">Likeness with the fitted one.</param>
/// <param name="Stoi">Intelligibility with the fitted one; NaN for less than 384 ms of speech.</param>
public sealed record MatchedLine(
    string Voice, string Name, bool IsHeldBack, double Dry, double Against, double Match, double Stoi);

/// <summary>Levels in dB per band, the mean over bands taken off.</summary>
/// <param name="Hertz">The bands' centres.</param>
/// <param name="Character">The recordings' median.</param>
/// <param name="Spread">Their spread.</param>
/// <param name="Dry">The voices, dry.</param>
/// <param name="Match">The voices, fitted.</param>
public sealed record MatchedColour(
    IReadOnlyList<double> Hertz,
    IReadOnlyList<double> Character,
    IReadOnlyList<double> Spread,
    IReadOnlyList<double> Dry,
    IReadOnlyList<double> Match);

/// <summary>How far a fit is.</summary>
/// <param name="Done">From 0 to 1.</param>
/// <param name="What">What is done next, in a few words.</param>
public sealed record MatchProgress(double Done, string What);
