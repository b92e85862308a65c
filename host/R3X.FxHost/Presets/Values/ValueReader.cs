using System;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Values;

/// <summary>
/// Reads one value with its unit. What is not exactly right is refused, with the right spelling where it can be
/// guessed: a quiet guess would be heard, not seen.
/// </summary>
internal static class ValueReader
{
    // Long enough for the digits of any double, printed without an exponent.
    private const int LongestValue = 400;

    // A guess that people would not read is none.
    private const int LongestGuess = 24;

    public static ValueReading Read(string written, ValueRange range)
    {
        string text = written.Trim();
        if (text.Length == 0)
            return ValueReading.Wrong($"{range.Name} has no value.", range.Suggest());
        if (Meant(text, range) is { } meant)
            return meant;
        WrittenNumber number = text.Length > LongestValue ? default : WrittenNumber.Take(text);
        if (string.IsNullOrEmpty(number.Digits))
            return ValueReading.Wrong(
                Said(range, text, NotANumber(text, range)), Unquoted(text, range) ?? range.Suggest());
        if (ProperRatio(number, range) is { } ratio)
            return ratio;
        UnitSpelling? unit = UnitSpelling.Find(Squeeze(number.Rest));
        if (number.Slip is { } slip)
            return ValueReading.Wrong(Said(range, text, slip), Guess(number, unit, range));
        if (unit is null)
            return ValueReading.Wrong(Said(range, text, UnknownUnit(number.Rest, range)), Guess(number, unit, range));
        if (unit.Quantity != range.Quantity)
        {
            string what = unit.Text.Length > 0 ? "is " + UnitSpelling.NounOf(unit.Quantity)
                : range.Quantity == Quantity.Ratio ? "is a bare number" : "has no unit";
            return ValueReading.Wrong(Said(range, text, what), Guess(number, unit, range));
        }

        if (!unit.IsProper)
            return ValueReading.Wrong(
                Said(range, text, $"spells its unit \"{number.Rest}\""), Guess(number, unit, range));
        double value = DecimalText.Parse(number.Digits, unit.Shift) + 0.0;
        if (range.Holds(value))
            return ValueReading.Of(value);
        return value > range.Maximum
            ? ValueReading.Wrong(Said(range, text, "is above that"), Fix.Write(range.Print(range.Maximum), " or less."))
            : ValueReading.Wrong(
                Said(range, text, "is below that"), Fix.Write(range.Print(range.Minimum), " or more."));
    }

    private static string Said(ValueRange range, string text, string what) =>
        $"{range.Described}; {Diagnostic.Quote(text)} {what}.";

    // Characters that look like others, or like nothing.
    private static ValueReading? Meant(string text, ValueRange range)
    {
        string seen = UnseenCharacters.Without(text, out char? unseen);
        (string plain, string? slip) =
            unseen is { } c ? (seen, $"holds {UnseenCharacters.NameOf(c)}, which cannot be seen")
            : Lookalikes.Narrow(text) is { } narrow ? (narrow, "is written in full-width signs")
            : Lookalikes.Digits(text) is { } digits
                ? (digits.Text, $"has the letter {digits.Letter} where the digit {digits.Digit} belongs")
                : (text, null);
        if (slip is null)
            return null;
        ValueReading reading = Read(plain, range);
        // Letters are not taken for digits where that makes no sense.
        if (reading.Diagnostic is not null && unseen is null && slip.StartsWith("has", StringComparison.Ordinal))
            return null;
        Fix fix = reading.Diagnostic?.Fix ?? Fix.Write(range.Print(reading.Value));
        return ValueReading.Wrong(Said(range, text, slip), fix);
    }

    // "3:2" and "3 : 1": the number behind the colon is one, or the ratio can be reduced to one.
    private static ValueReading? ProperRatio(WrittenNumber number, ValueRange range)
    {
        if (range.Quantity != Quantity.Ratio || number.Slip is not null || !number.Rest.StartsWith(':'))
            return null;
        string second = number.Rest[1..].Trim();
        if (second == "1" || second.Length == 0)
            return null;
        WrittenNumber below = WrittenNumber.Take(second);
        if (string.IsNullOrEmpty(below.Digits) || below.Rest.Length > 0)
            return null;
        double left = DecimalText.Parse(number.Digits, 0);
        double right = DecimalText.Parse(below.Digits, 0);
        double value = Math.Round(Math.Max(left, right) / Math.Min(left, right), 2);
        return ValueReading.Wrong(
            Said(range, number.Digits + number.Rest, "does not end in \":1\""),
            range.Holds(value) ? Fix.Write(range.Print(value)) : range.Suggest());
    }

    private static string Squeeze(string unit) => unit.StartsWith(':') ? ":" + unit[1..].TrimStart() : unit;

    private static string NotANumber(string text, ValueRange range) =>
        text.Length > LongestValue ? "is too long for a value"
        : char.IsAsciiLetter(text[0]) && text.AsSpan(1).ContainsAnyInRange('0', '9')
            && range.Quantity != Quantity.Number ? "does not begin with a number"
        : "is not a number";

    private static string UnknownUnit(string rest, ValueRange range)
    {
        if (range.Quantity == Quantity.Frequency && rest.Equals("mhz", StringComparison.OrdinalIgnoreCase))
            return "is not heard: sound is given in Hz and kHz";
        return $"has {Diagnostic.Quote(rest)} where its unit belongs";
    }

    // Curly quotes come with text pasted from a word processor.
    private static Fix? Unquoted(string text, ValueRange range)
    {
        string bare = text.Trim('"', '\'', '“', '”', '„', '‘', '’', '«', '»', ' ');
        if (bare.Length == text.Length || bare.Length == 0)
            return null;
        ValueReading inside = Read(bare, range);
        return inside.Diagnostic is null ? Fix.Write(range.Print(inside.Value)) : (Fix?)null;
    }

    private static Fix Guess(WrittenNumber number, UnitSpelling? unit, ValueRange range)
    {
        if (unit is not null && unit.Quantity == range.Quantity)
            return Try(number.Digits, unit.Shift, range) ?? Try(number.OtherDigits, unit.Shift, range)
                ?? range.Suggest();
        // 0.35 for a percentage is how programmers write 35%.
        bool isShare = range.Quantity == Quantity.Percentage && unit?.Quantity == Quantity.Number
            && number.Digits.Contains('.', StringComparison.Ordinal);
        if (isShare && Math.Abs(DecimalText.Parse(number.Digits, 0)) <= 1 && Try(number.Digits, 2, range) is { } share)
            return share;
        foreach (UnitSpelling proper in UnitSpelling.ProperFor(range.Quantity))
        {
            if ((Try(number.Digits, proper.Shift, range) ?? Try(number.OtherDigits, proper.Shift, range)) is { } fix)
                return fix;
        }

        return range.Suggest();
    }

    private static Fix? Try(string? digits, int shift, ValueRange range)
    {
        if (digits is null)
            return null;
        int exponent = digits.IndexOfAny(['e', 'E']);
        double value = exponent < 0
            ? DecimalText.Parse(digits, shift)
            : DecimalText.Parse(digits, 0) * Math.Pow(10, shift);
        if (!range.Holds(value))
            return null;
        string printed = range.Print(value);
        return printed.Length <= LongestGuess ? Fix.Write(printed) : (Fix?)null;
    }
}
