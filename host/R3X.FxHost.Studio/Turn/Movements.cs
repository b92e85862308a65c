using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Studio.Turn;

/// <summary>The kinds of movement, by the word a preset says them with.</summary>
internal static class Movements
{
    /// <summary>The words.</summary>
    public static IReadOnlyList<string> Words { get; } = ["wobble", "sweep", "random", "pick", "follow"];

    /// <summary>The word of a movement; empty for none.</summary>
    public static string WordOf(Modulation? modulation) => modulation switch
    {
        Wobble => "wobble",
        Sweep => "sweep",
        RandomDraw => "random",
        Pick => "pick",
        FollowLoudness => "follow",
        _ => "",
    };

    /// <summary>Between which values it moves, in the setting's unit: one end, then the other.</summary>
    public static (double From, double To) Ends(Modulation modulation) => modulation switch
    {
        Wobble wobble => (wobble.From, wobble.To),
        Sweep sweep => (sweep.From, sweep.To),
        RandomDraw random => (random.From, random.To),
        Pick pick => (pick.Choices.Min(), pick.Choices.Max()),
        FollowLoudness follow => (follow.From, follow.To),
        _ => throw new ArgumentException($"{modulation} is not known here.", nameof(modulation)),
    };

    /// <summary>A setting's value when it begins to move so, or is held still: around where it stands.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="word">One of <see cref="Words"/>; empty holds it still.</param>
    public static string Sentence(Setting setting, string word)
    {
        (double from, double to) = setting.Value.Modulation is { } now ? Ends(now) : Around(setting);
        if (word.Length == 0)
            return setting.Format(setting.Scale.Between(from, to));
        string a = setting.Format(from), b = setting.Format(to);
        return word switch
        {
            "wobble" => $"wobble {a} to {b} at 0.5 Hz",
            "sweep" => $"sweep {a} to {b} over 2 s",
            "random" => $"random {a} to {b}",
            "pick" => $"pick {a} or {b}",
            _ => $"follow loudness {a} to {b} in 100 ms",
        };
    }

    // A tenth of the track to either side, inside the range.
    private static (double From, double To) Around(Setting setting)
    {
        SliderScale scale = setting.Scale;
        int at = scale.PositionOf(setting.Value.Still);
        int way = Math.Max(1, scale.Last / 10);
        return (scale.ValueAt(at - way), scale.ValueAt(at + way));
    }
}
