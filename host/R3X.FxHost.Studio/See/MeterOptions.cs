using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Localization;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Studio.See;

/// <summary>What <c>meters.js</c> is told besides what sounds.</summary>
/// <param name="Match">What the line is brought to, in LUFS; null where it is left as loud as it is.</param>
/// <param name="Ceiling">The last limiter's, in dB; null where there is none.</param>
/// <param name="Character">The balance of the character's recordings.</param>
/// <param name="Texts">The words in the pictures and of their descriptions.</param>
internal sealed record MeterOptions(
    double? Match, double? Ceiling, IReadOnlyList<BandLevel> Character, IReadOnlyDictionary<string, string> Texts)
{
    private static readonly string[] Words =
        ["inLevel", "inLoudness", "outLevel", "outLoudness", "levels", "spectrum", "reduced", "silent"];

    /// <summary>For a preset.</summary>
    /// <param name="preset">The preset; null while none can be read.</param>
    /// <param name="texts">The page's.</param>
    public static MeterOptions Of(Preset? preset, IStringLocalizer<Texts> texts)
    {
        (double? match, double? ceiling) = Targets(preset);
        return new MeterOptions(match, ceiling, CharacterProfile.DjRex.ThirdOctaves,
            Words.ToDictionary(word => word, word => texts[$"See.{char.ToUpperInvariant(word[0])}{word[1..]}"].Value));
    }

    /// <summary>What a preset wants the line to come out at.</summary>
    /// <param name="preset">The preset; null while none can be read.</param>
    public static (double? Match, double? Ceiling) Targets(Preset? preset)
    {
        PresetStep? limiter = preset?.Steps.LastOrDefault(
            step => step.Slot.Role == EffectRole.Limiter && !step.IsBypassed);
        for (int i = 0; i < limiter?.Slot.Parameters.Count; i++)
        {
            if (limiter.Slot.Parameters[i].Id == "ceiling")
                return (preset!.MatchLoudness, limiter.Slot.Values[i].Still);
        }

        return (preset?.MatchLoudness, null);
    }
}
