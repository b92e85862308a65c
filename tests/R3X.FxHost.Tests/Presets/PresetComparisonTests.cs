using System;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class PresetComparisonTests
{
    private const string First =
        "preset: 1\nname: X\nchain:\n  - eq\n  - comb: { mix: 30% }\n  - warmth: { effect: saturation }\n  - limiter\n";

    public static TheoryData<string, string[]> Others => new()
    {
        { First, [] },
        { First.Replace("30%", "35%", StringComparison.Ordinal), ["comb.mix is 30% in a, 35% in b."] },
        { First.Replace("30%", "random 20% to 40%", StringComparison.Ordinal),
            ["comb.mix is 30% in a, random 20% to 40% in b."] },
        { First.Replace("name: X", "match-loudness: -18 LUFS\nquality: draft\ntags: [calm, low]\nname: X",
            StringComparison.Ordinal), ["tags is empty in a, \"calm, low\" in b.",
            "match-loudness is off in a, -18 LUFS in b.", "quality is full in a, draft in b."] },
        { First.Replace("comb: { mix: 30% }", "comb: bypass", StringComparison.Ordinal),
            ["comb is on in a, bypassed in b."] },
        { First.Replace("effect: saturation", "effect: exciter", StringComparison.Ordinal),
            ["warmth is saturation in a, exciter in b."] },
        { First.Replace("  - limiter", "  - ring: { effect: ring-mod, mix: 20% }\n  - limiter",
            StringComparison.Ordinal), ["ring (ring-mod) is only in b, behind warmth: frequency 75 Hz, mix 20%."] },
        { First.Replace("  - warmth: { effect: saturation }\n", "", StringComparison.Ordinal),
            ["warmth (saturation) is only in a, behind comb: drive 15%, mix 100%."] },
        { "preset: 1\nname: X\nchain:\n  - comb: { mix: 30% }\n  - warmth: { effect: saturation }\n  - eq\n  - "
            + "limiter\n", ["eq stands first in a, behind warmth in b."] },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_differs_is_said_in_words(string second, string[] expected) =>
        Assert.Equal(expected, PresetComparison.Between(Read("a", First), Read("b", second)).Where(d => !d.IsSilent)
            .Select(d => d.Sentence));

    [Fact]
    public void The_settings_of_a_step_that_is_off_differ_silently()
    {
        PresetDifference[] differences = [.. PresetComparison.Between(Read("a", First),
            Read("b", First.Replace("comb: { mix: 30% }", "comb: bypass", StringComparison.Ordinal)))];
        Assert.Equal([PresetDifferenceKind.Switch, PresetDifferenceKind.Setting], differences.Select(d => d.Kind));
        Assert.Equal([false, true], differences.Select(d => d.IsSilent));
    }

    [Fact]
    public void What_a_parent_wrote_is_compared_like_what_the_preset_wrote_itself()
    {
        Preset a = Read("a", First);
        Assert.Empty(PresetComparison.Between(a, a with { Id = "child", Parent = a }));
    }

    private static Preset Read(string id, string text)
    {
        PresetReading reading = LoosePreset.Read(text, id + ".yaml", new FakeCatalogue());
        Assert.False(reading.HasErrors, DiagnosticText.Format(reading.Diagnostics));
        return reading.Preset!;
    }
}
