using System;
using System.Globalization;

namespace R3X.FxHost.Presets.Values;

/// <summary>
/// Numbers as presets have them: digits and a point, no exponent. Shifting by powers of ten happens on the digits, not
/// on the number, so that 1.1 kHz is 1100 Hz to the last bit and printing a value gives it back exactly.
/// </summary>
internal static class DecimalText
{
    /// <summary>The number that digits stand for.</summary>
    public static double Parse(ReadOnlySpan<char> digits, int shift) => shift == 0
        ? double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)
        : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{shift}"), NumberStyles.Float,
            CultureInfo.InvariantCulture);

    /// <summary>The shortest digits that give a number back.</summary>
    public static string Format(double value, int shift)
    {
        if (value == 0)
            return "0";
        ReadOnlySpan<char> shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E');
        int exponent = e < 0
            ? 0 : int.Parse(shortest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> mantissa = e < 0 ? shortest : shortest[..e];
        int point = mantissa.IndexOf('.');
        string all = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        int whole = (point < 0 ? mantissa.Length : point) + exponent - shift;
        if (whole <= 0)
            (all, whole) = (new string('0', 1 - whole) + all, 1);
        if (whole > all.Length)
            all = all.PadRight(whole, '0');
        string before = all[..whole].TrimStart('0');
        string after = all[whole..].TrimEnd('0');
        return (value < 0 ? "-" : "") + (before.Length == 0 ? "0" : before) + (after.Length == 0 ? "" : "." + after);
    }
}
