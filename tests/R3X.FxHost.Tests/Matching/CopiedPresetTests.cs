using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Matching;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Matching;

/// <summary>A match that takes the preset it is compared with and adds a curve for the voice.</summary>
public sealed class CopiedPresetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Other_words_are_no_farther_from_the_droid_than_with_dj_r3x(int spoken)
    {
        using FxHost host = TestHost.Create();
        MatchResult result = PresetMatch.Fit(host, new MatchRequest
        {
            Character = CharacterProfile.DjRex,
            Voices = [new MatchVoice("voice", Lines.Of("en-us", ..spoken))],
            Against = "dj-r3x",
            Generations = 10,
        }, cancellation: TestContext.Current.CancellationToken);
        // One line cannot tell whether a chain of the voice's own would be better; three can.
        if (spoken == 1)
            Assert.Contains("dj-r3x with a curve", result.Verdict, System.StringComparison.Ordinal);
        MatchLine[] others = Lines.Of("en-us", 6..);
        double Score(ChainPlan plan) => SyntheticCharacter.Through(host, others, plan).Average(line =>
            CharacterProfile.DjRex.Score(LikenessFeatures.Of(
                line.Samples, line.SampleRate, CharacterProfile.DjRex.RippleMs)!).Sound);
        double with = Score(SyntheticCharacter.PlanOf(host, result.Text!));
        Assert.InRange(with, 0, Score(host.Presets.Find("dj-r3x").Preset!.Plan));
    }

    [Fact]
    public void The_curve_stands_in_front_of_the_limiter_of_the_preset()
    {
        using FxHost host = TestHost.Create();
        Preset preset = host.Presets.Find("dj-r3x").Preset!;
        IReadOnlyList<SlotPlan> parent = preset.Plan.Slots;
        var draft = new Draft
        {
            Base = preset,
            Amount = 80,
            Curve = [.. Enumerable.Range(0, ToneBands.Count).Select(band => band % 3 - 1.5)],
        };
        ChainPlan plan = new DraftPlans(host.Presets).Of(draft);
        Assert.Equal(80, plan.Amount.Still);
        Assert.Equal([.. parent.SkipLast(1).Select(slot => slot.Step), DraftText.CurveStep, parent[^1].Step],
            plan.Slots.Select(slot => slot.Step));
        Assert.Equal(preset.Plan.MatchLoudness, plan.MatchLoudness);
        Assert.Equal(parent.SelectMany(slot => slot.Values),
            plan.Slots.Where(slot => slot.Step != DraftText.CurveStep).SelectMany(slot => slot.Values));
        Assert.Equal(draft.Curve, plan.Slots[^2].Curve.Points.Select(point => point.Value));
    }
}
