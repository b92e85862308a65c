using System;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Matching;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Matching;

/// <summary>
/// What a fit finds again of presets it does not know. The table of the long form is the figures beside the bars.
/// </summary>
public sealed class SyntheticCharacterTests(ITestOutputHelper output)
{
    private static readonly string[] Voices = ["en-us", "en-gb-scotland+f3", "flite slt", "flite rms"];

    [Fact]
    public void The_colour_of_the_same_voice_and_lines_is_found_again()
    {
        using FxHost host = TestHost.Create();
        MatchLine[] lines = Lines.Of("en-us", ..2);
        var character = SyntheticCharacter.Of(host, lines, "tin");
        MatchResult result = character.Fit(lines, generations: 60);
        MatchLine[] matched = character.Matched(result, lines);
        Assert.InRange(character.Distance(matched), 0, 0.45 * character.Distance(lines));
        Assert.True(SyntheticCharacter.Stoi(lines, matched) >= 0.85);
    }

    [Fact]
    public void Recordings_of_the_dry_voice_itself_give_no_preset()
    {
        using FxHost host = TestHost.Create();
        MatchLine[] lines = Lines.Of("en-us", ..6);
        Assert.Null(SyntheticCharacter.Of(host, lines, "none").Fit(lines, generations: 20).Text);
        MatchLine[] others = Lines.Of("en-us", 6..);
        var character = SyntheticCharacter.Of(host, others, "none");
        MatchResult result = character.Fit(lines, generations: 20);
        Assert.True(result.Text is null, result.Text);
        Assert.Contains("No preset", result.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Length", "Long")]
    public void Every_voice_comes_closer_to_every_character()
    {
        using FxHost host = TestHost.Create();
        double[][] shares = [.. new[] { "same lines", "other words", "other voice" }.Select(kind => Table(host, kind))];
        foreach (double[] share in shares)
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                $"median {share.Order().ElementAt(share.Length / 2):P0}, least {share.Min():P0}"));
        Assert.True(shares[0].Order().ElementAt(shares[0].Length / 2) >= 0.75 && shares[0].Min() >= 0.55);
        Assert.True(shares[1].Order().ElementAt(shares[1].Length / 2) >= 0.65 && shares[1].Min() >= 0.45);
        Assert.True(shares[2].Order().ElementAt(shares[2].Length / 2) >= 0.6 && shares[2].Min() >= 0);
    }

    private double[] Table(FxHost host, string kind) =>
    [
        .. from preset in SyntheticCharacter.Presets.Keys
           from voice in Enumerable.Range(0, Voices.Length)
           let share = Share(host, kind, preset, voice)
           where double.IsFinite(share)
           select share,
    ];

    private double Share(FxHost host, string kind, string preset, int voice)
    {
        MatchLine[] dry = Lines.Of(Voices[voice], kind == "same lines" ? ..2 : ..6);
        MatchLine[] spoken = kind == "same lines" ? dry
            : Lines.Of(Voices[kind == "other voice" ? (voice + 1) % Voices.Length : voice], 6..);
        var character = SyntheticCharacter.Of(host, spoken, preset);
        MatchResult result = character.Fit(dry);
        MatchLine[] matched = character.Matched(result, dry);
        (double before, double after) = kind == "other voice"
            ? (character.Score(dry), character.Score(matched))
            : (character.Distance(dry), character.Distance(matched));
        double share = (before - after) / (kind == "other voice" ? before - 1 : before);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, {Voices[voice]}, {preset}: {before:F2} to {after:F2}, {share:P0}, tube {result.TubeMs:F2} ms, "
                + $"STOI {SyntheticCharacter.Stoi(dry, matched):F2}"));
        return kind == "other voice" && before < 2.5 ? double.NaN : share;
    }
}
