using System;
using System.Globalization;
using System.Text.RegularExpressions;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>Reads <c>letters:</c>: <c>under 60</c>, <c>over 20</c>, <c>20 to 60</c>.</summary>
internal static partial class LetterRange
{
    private const int LongestText = 64;
    private const string Forms = "letters is \"under 60\", \"over 20\" or \"20 to 60\"";

    /// <returns>The condition, or null with a diagnostic.</returns>
    public static LettersCondition? Read(string written, out Diagnostic diagnostic)
    {
        string text = written.Trim();
        diagnostic = default;
        Match match = Proper().Match(text.Length > LongestText ? "" : text);
        if (!match.Success || Number(match, "a") is not { } a)
        {
            diagnostic = new Diagnostic(
                $"{Forms}; {Diagnostic.Quote(text)} is none of them.", Guess(text) is { } guess ? Fix.Write(guess)
                : "Write \"under\", \"over\" or \"to\" with whole numbers.", DiagnosticRule.Value);
            return null;
        }

        if (match.Groups["b"].Success)
            return Between(text, a, Number(match, "b") ?? int.MaxValue, out diagnostic);
        bool isUnder = match.Groups["word"].Value.Equals("under", StringComparison.OrdinalIgnoreCase);
        if (isUnder && a < 2)
        {
            diagnostic = new Diagnostic($"Every text has a letter, so none has {Diagnostic.Quote(text)}.",
                "Write a larger number.", DiagnosticRule.Value);
            return null;
        }

        return isUnder ? new LettersCondition(0, a - 1, text) : new LettersCondition(a + 1, int.MaxValue, text);
    }

    private static LettersCondition? Between(string text, int a, int b, out Diagnostic diagnostic)
    {
        diagnostic = default;
        if (a <= b)
            return new LettersCondition(a, b, text);
        diagnostic = new Diagnostic(
            $"{Diagnostic.Quote(text)} begins with the larger number, so nothing is in between.",
            Fix.Write(string.Create(CultureInfo.InvariantCulture, $"{b} to {a}")), DiagnosticRule.Value);
        return null;
    }

    // What people write instead.
    private static string? Guess(string text)
    {
        Match match = Loose().Match(text.Length > LongestText ? "" : text);
        if (!match.Success || Number(match, "a") is not { } a)
            return null;
        if (Number(match, "b") is { } b)
            return string.Create(CultureInfo.InvariantCulture, $"{int.Min(a, b)} to {int.Max(a, b)}");
        return match.Groups["word"].Value.Trim().ToUpperInvariant() switch
        {
            "OVER" or "ABOVE" or "MORE THAN" or "LONGER THAN" or ">" =>
                string.Create(CultureInfo.InvariantCulture, $"over {a}"),
            "AT LEAST" or "FROM" or ">=" => string.Create(CultureInfo.InvariantCulture, $"over {int.Max(0, a - 1)}"),
            "AT MOST" or "UP TO" or "<=" => string.Create(CultureInfo.InvariantCulture, $"under {a + 1}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"under {a}"),
        };
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: { Length: <= 7 } digits }
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^((?<word>under|over) +(?<a>0|[1-9][0-9]*)|(?<a>0|[1-9][0-9]*) +to +(?<b>0|[1-9][0-9]*))$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Proper();

    [GeneratedRegex(
        @"^(?<word>under|below|less than|fewer than|shorter than|at most|up to"
        + "|over|above|more than|longer than|at least|from|[<>]=?)? *(?<a>[0-9]+)"
        + @"( *(-|–|to|and|\.\.+) *(?<b>[0-9]+))?( *(letters|characters|chars))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Loose();
}
