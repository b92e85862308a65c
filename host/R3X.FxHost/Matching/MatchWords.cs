using System;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Matching;

/// <summary>What came of a fit, in words.</summary>
internal static class MatchWords
{
    /// <summary>What was found, in a sentence.</summary>
    public static string Verdict(bool isAlike, Draft? draft, MatchedLine[] table, string against)
    {
        if (isAlike)
            return "No preset: the dry voice is as close to the character as so few recordings can tell.";
        if (draft is null)
            return "No preset: nothing that was tried brings the voice closer to the character than it is dry.";
        if (!MatchTable.IsNoWorse(table))
            return $"The preset brings the voice closer to the character, but {against} brings it closer still.";
        return draft switch
        {
            { Base: null } => "The preset, a chain of its own, brings the voice closer to the character.",
            { HasCurve: true } => $"The preset, {against} with a curve for this voice, brings it closer to the "
                + "character.",
            _ => $"The preset is {against} as it is: nothing that was fitted brings this voice closer to the "
                + "character.",
        };
    }

    /// <summary>The preset's text.</summary>
    public static string Preset(Draft draft, MatchRequest request, MatchedLine[] table, double secondsFitted)
    {
        string Score(Func<MatchedLine, double> of) =>
            MatchTable.Median(table, of).ToString("0.00", CultureInfo.InvariantCulture);
        string voices = string.Join(", ", request.Voices.Select(voice => voice.Name));
        string seconds = secondsFitted.ToString("0", CultureInfo.InvariantCulture);
        string[] notes =
        [
            FormattableString.Invariant($"Fitted by r3x match to {seconds} s of {voices}, seed {request.Seed}."),
            $"Likeness, median over lines: dry {Score(line => line.Dry)}, with this preset "
                + $"{Score(line => line.Match)}; a real recording has 1.",
            "Every value may be changed by hand. A line that starts with \"#\" is a note to the reader.",
        ];
        return DraftText.Of(draft, request.Name, $"Fitted so that {voices} sounds like the recordings.", notes,
            request.Schema);
    }
}
