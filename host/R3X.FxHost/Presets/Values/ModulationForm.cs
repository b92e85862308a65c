using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets.Values;

/// <summary>How one kind of modulation is said.</summary>
/// <param name="Words">What stands in front of each value, and behind the first word: "" where nothing does.</param>
/// <param name="Pace">What the value behind the two ends takes; null where there is none.</param>
internal sealed record ModulationForm(
    string Shape, string[] Words, ValueRange? Pace, Func<IReadOnlyList<double>, Modulation> Make)
{
    // A grid of 32 frames draws at least twelve points of the fastest round, at 8 kHz.
    private static readonly ValueRange Rate = new("the rate", Quantity.Frequency, 0.01, 20, 0.5);
    private static readonly ValueRange Duration = new("the time", Quantity.Time, 10, 600_000, 2000);
    private static readonly ValueRange Smoothing = new("the time", Quantity.Time, 5, 5000, 100);

    public static IReadOnlyList<ModulationForm> All { get; } =
    [
        new("wobble A to B at RATE", ["", "to", "at"], Rate, v => new Wobble(v[0], v[1], v[2])),
        new("sweep A to B over TIME", ["", "to", "over"], Duration, v => new Sweep(v[0], v[1], v[2])),
        new("random A to B", ["", "to"], null, v => new RandomDraw(v[0], v[1])),
        new("pick A or B or C", ["", "or"], null, v => new Pick(v)),
        new("follow loudness A to B in TIME", ["loudness", "to", "in"], Smoothing,
            v => new FollowLoudness(v[0], v[1], v[2])),
    ];

    public string Keyword => Shape[..Shape.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>Whether any number of values may follow, each behind the last word.</summary>
    public bool IsOpen => Pace is null && Words[1] == "or";

    /// <summary>The word in front of a value.</summary>
    public string WordBefore(int value) => Words[Math.Min(value, Words.Length - 1)];

    public ValueRange RangeOf(int value, ValueRange setting) => value == 2 && Pace is not null ? Pace : setting;

    /// <summary>The sentence in its one canonical spelling.</summary>
    public string Print(IReadOnlyList<double> values, ValueRange setting)
    {
        var words = new List<string> { Keyword };
        for (int i = 0; i < values.Count; i++)
        {
            if (WordBefore(i) is { Length: > 0 } word)
                words.Add(word);
            words.Add(RangeOf(i, setting).Print(values[i]));
        }

        return string.Join(' ', words);
    }

    /// <summary>The sentence of a modulation in its one canonical spelling; reading it gives an equal
    /// modulation.</summary>
    public static string Print(Modulation modulation, ValueRange setting)
    {
        (ModulationForm form, IReadOnlyList<double> values) = Of(modulation);
        return form.Print(values, setting);
    }

    private static (ModulationForm Form, IReadOnlyList<double> Values) Of(Modulation modulation) => modulation switch
    {
        Wobble m => (All[0], [m.From, m.To, m.RateHz]),
        Sweep m => (All[1], [m.From, m.To, m.Milliseconds]),
        RandomDraw m => (All[2], [m.From, m.To]),
        Pick m => (All[3], m.Choices),
        FollowLoudness m => (All[4], [m.From, m.To, m.Milliseconds]),
        _ => throw new ArgumentException($"{modulation} is of no kind that can be said.", nameof(modulation)),
    };
}
