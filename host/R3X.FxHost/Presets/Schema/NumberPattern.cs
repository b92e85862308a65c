using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Presets.Schema;

/// <summary>
/// Regular expressions for the decimal numbers of a range, as presets write them: no superfluous zeros in front, a
/// digit on each side of the point. In the common subset of JavaScript and .NET.
/// </summary>
internal static class NumberPattern
{
    private const string AnyFraction = @"(?:\.\d+)?";
    private const string NoFraction = @"(?:\.0+)?";
    private const string Minus = "[-\u2212]";

    /// <summary>The numbers from one to another, both included, with their signs.</summary>
    public static string Between(decimal minimum, decimal maximum)
    {
        if (minimum > 0)
            return @"\+?" + Unsigned(minimum, maximum);
        if (maximum < 0)
            return Minus + Unsigned(-maximum, -minimum);
        string below = Minus + (minimum == 0 ? "0" + NoFraction : Unsigned(0, -minimum));
        string above = @"\+?" + (maximum == 0 ? "0" + NoFraction : Unsigned(0, maximum));
        return Any([below, above]);
    }

    private static string Unsigned(decimal minimum, decimal maximum)
    {
        (long least, string leastFraction) = Split(minimum);
        (long most, string mostFraction) = Split(maximum);
        if (least == most)
            return Digits(least) + (leastFraction.Length > 0 ? $"(?={FractionFrom(leastFraction)})" : "")
                + FractionUpTo(mostFraction);
        List<string> parts = [Digits(least) + FractionFrom(leastFraction)];
        if (most - least > 1)
            parts.Add(Whole(least + 1, most - 1) + AnyFraction);
        parts.Add(Digits(most) + FractionUpTo(mostFraction));
        return Any(parts);
    }

    // The fractions that are this one or more.
    private static string FractionFrom(string digits)
    {
        if (digits.Length == 0)
            return AnyFraction;
        List<string> parts = [digits + @"\d*"];
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] < '9')
                parts.Add(digits[..i] + Class((char)(digits[i] + 1), '9') + @"\d*");
        }

        return @"\." + Any(parts);
    }

    // The fractions that are this one or less, none included.
    private static string FractionUpTo(string digits)
    {
        if (digits.Length == 0)
            return NoFraction;
        List<string> parts = [digits + "0*"];
        for (int i = 0; i < digits.Length; i++)
        {
            if (i > 0)
                parts.Add(digits[..i]);
            if (digits[i] > '0')
                parts.Add(digits[..i] + Class('0', (char)(digits[i] - 1)) + @"\d*");
        }

        return $@"(?:\.{Any(parts)})?";
    }

    private static string Whole(long least, long most)
    {
        List<string> parts = [];
        for (long first = 0, last = 9; first <= most; first = last + 1, last = (last * 10) + 9)
        {
            if (last >= least)
                parts.Add(SameLength(Digits(Math.Max(first, least)), Digits(Math.Min(last, most))));
        }

        return Any(parts);
    }

    private static string SameLength(string least, string most)
    {
        if (least.Length == 0)
            return "";
        string rest = least[1..];
        string end = most[1..];
        if (rest.All(c => c == '0') && end.All(c => c == '9'))
            return Class(least[0], most[0]) + string.Concat(Enumerable.Repeat(@"\d", rest.Length));
        if (least[0] == most[0])
            return least[0] + SameLength(rest, end);
        List<string> parts = [least[0] + SameLength(rest, new string('9', rest.Length))];
        if (most[0] - least[0] > 1)
            parts.Add(SameLength((char)(least[0] + 1) + new string('0', rest.Length),
                (char)(most[0] - 1) + new string('9', rest.Length)));
        parts.Add(most[0] + SameLength(new string('0', rest.Length), end));
        return Any(parts);
    }

    private static (long Whole, string Fraction) Split(decimal value)
    {
        decimal whole = decimal.Truncate(value);
        string fraction = (value - whole).ToString("0.##############", CultureInfo.InvariantCulture);
        return ((long)whole, fraction.Length > 2 ? fraction[2..] : "");
    }

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Class(char first, char last) => first == last ? $"{first}" : $"[{first}-{last}]";

    private static string Any(List<string> parts) => parts.Count == 1 ? parts[0] : $"(?:{string.Join('|', parts)})";
}
