namespace R3X.FxHost.Presets.Values;

/// <summary>
/// A number and what follows it, taken apart generously: everything people write is understood, and <see cref="Slip"/>
/// says what is wrong with it.
/// </summary>
/// <param name="Digits">The number in proper digits; empty when the text does not begin with one.</param>
/// <param name="OtherDigits">The number if its comma groups thousands; null without such a comma.</param>
/// <param name="Slip">What is wrong with the number, to stand behind the quoted text; null when nothing is.</param>
internal readonly record struct WrittenNumber(string Digits, string? OtherDigits, string Rest, string? Slip)
{
    public static WrittenNumber Take(string text)
    {
        int at = 0;
        string? slip = null;
        bool negative = false;
        if (text[0] is '+' or '-' or '\u2212' or '\u2013' or '\u2014')
        {
            negative = text[0] != '+';
            at = SkipBlanks(text, 1);
            slip = text[0] is '\u2013' or '\u2014' ? "begins with a dash instead of a minus"
                : at > 1 ? "has a space behind its sign" : null;
        }

        int start = at;
        at = SkipDigits(text, at);
        string whole = text[start..at];
        string fraction = "";
        string? other = null;
        if (at < text.Length && text[at] is '.' or ',')
        {
            char point = text[at];
            int end = SkipDigits(text, at + 1);
            fraction = text[(at + 1)..end];
            if (whole.Length + fraction.Length == 0)
                return default;
            slip ??= point == ',' ? "has a comma where a point belongs"
                : whole.Length == 0 || fraction.Length == 0 ? "needs a digit on each side of its point" : null;
            other = point == ',' && fraction.Length == 3 ? Proper(whole + fraction, "", negative) : null;
            at = end;
        }

        if (whole.Length + fraction.Length == 0)
            return default;
        if (whole.Length > 1 && whole[0] == '0')
            slip ??= "begins with a zero";
        string exponent = ExponentAt(text, at);
        if (exponent.Length > 0)
            slip ??= "has an exponent";
        return new WrittenNumber(
            Proper(whole, fraction, negative) + exponent, other, text[(at + exponent.Length)..].Trim(), slip);
    }

    private static string Proper(string whole, string fraction, bool negative)
    {
        whole = whole.TrimStart('0');
        return (negative ? "-" : "") + (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
    }

    private static string ExponentAt(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return "";
        int digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        int end = SkipDigits(text, digits);
        return end > digits && end - digits <= 3 ? text[at..end] : "";
    }

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
