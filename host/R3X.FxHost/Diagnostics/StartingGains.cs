using System;
using System.Globalization;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// The gains a line began with. They are an outcome of what was measured before, so an exact replay needs them back:
/// <c>SpeechSelection.StartingGains</c> takes them. Written <c>+3.25,-1.4</c>, or <c>+3.25,-1.4,following</c>.
/// </summary>
/// <param name="ReferenceDb">In front of the chain, in dB.</param>
/// <param name="MatchDb">In front of the chain's last limiter, in dB.</param>
/// <param name="Follows">Whether the line was live and the gains moved on from there; a line measured first keeps
/// them.</param>
public sealed record StartingGains(double ReferenceDb, double MatchDb, bool Follows = false)
    : ISpanParsable<StartingGains>
{
    private const string Following = "following";

    /// <summary>The largest gain in front of the chain, in dB: enough for a line at -40 LUFS, not for the hiss of an
    /// empty one.</summary>
    public const double MostReference = 20;

    /// <summary>The largest gain in front of the last limiter, in dB: a chain may be much softer than its
    /// input.</summary>
    public const double MostMatch = 30;

    /// <summary>The smallest gain there is, in dB.</summary>
    public const double Least = -40;

    /// <summary>Gains that leave the line alone.</summary>
    public static StartingGains None { get; } = new(0, 0);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: numbers have a point everywhere.</param>
    /// <exception cref="FormatException">It is something else; the message shows the form.</exception>
    public static StartingGains Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out StartingGains? gains)
        ? gains
        : throw new FormatException(
            $"\"{s}\" are no starting gains. Write what the report of a line said: two gains in dB such as"
            + " \"3.25,-1.4\", and \",following\" where it stood.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static StartingGains Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The gains, or null.</param>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StartingGains? result)
    {
        Span<Range> parts = stackalloc Range[4];
        int count = s.Split(parts, ',', StringSplitOptions.TrimEntries);
        result = null;
        if (count is not (2 or 3) || !TryGain(s[parts[0]], MostReference, out double reference)
            || !TryGain(s[parts[1]], MostMatch, out double match))
            return false;
        if (count == 3 && !s[parts[2]].SequenceEqual(Following))
            return false;
        result = new StartingGains(reference, match, count == 3);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out StartingGains?)"/>
    public static bool TryParse(string? s, IFormatProvider? provider,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StartingGains? result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{ReferenceDb:+0.##;-0.##;0},{MatchDb:+0.##;-0.##;0}{(Follows ? "," + Following : "")}");

    /// <summary>A gain within its limits and in whole hundredths, so that its text is the whole of it.</summary>
    internal static double Limit(double decibels, double most) => Math.Round(Math.Clamp(decibels, Least, most), 2);

    private static bool TryGain(ReadOnlySpan<char> text, double most, out double gain) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out gain)
        && gain >= Least && gain <= most;
}
