using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Ear;

/// <summary>What every shipped preset promises the listener, on voices it was not made for one by one.</summary>
public sealed class PresetsForTheEarTests(HeardPresets presets) : IClassFixture<HeardPresets>
{
    private const string Character = "r3x";
    private const double Loudness = -18;
    private const double Ceiling = -1;

    /// <summary>Every preset of the repository with every voice.</summary>
    public static TheoryData<string, string> Lines => Combine(_ => true);

    /// <summary>Those tagged as the droid DJ himself.</summary>
    public static TheoryData<string, string> LinesOfTheCharacter => Combine(preset => preset.Tags.Contains(Character));

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_is_as_loud_as_every_other_and_no_peak_passes_the_ceiling(string preset, string voice)
    {
        HeardPresets.Heard heard = await presets.HearAsync(preset, voice);
        int rate = heard.Wet.Format.SampleRate;
        float[] samples = heard.Wet.Channels[0];
        LoudnessMeter meter = Tone.Measured(rate, heard.Wet.Channels);
        Assert.InRange(meter.Integrated, Loudness - 1, Loudness + 1);
        Assert.InRange(Tone.TruePeak(samples), -40, Ceiling);
        // The same question to somebody else.
        var (integrated, truePeak, _) = Spoken.MeasuredByFfmpeg(samples, rate, 1);
        Assert.InRange(integrated, Loudness - 1, Loudness + 1);
        Assert.InRange(truePeak, -40, Ceiling);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_can_still_be_understood(string preset, string voice)
    {
        HeardPresets.Heard heard = await presets.HearAsync(preset, voice);
        double stoi = Stoi.Of(heard.Dry.Decoded.Channels[0], heard.Wet.Channels[0], heard.Wet.Format.SampleRate);
        TestContext.Current.TestOutputHelper?.WriteLine($"STOI {stoi:F3}");
        double guard = IntelligibilityGuards.Of(preset);
        if (IntelligibilityGuards.KnownMiss(preset, voice) is { } miss)
        {
            Assert.True(stoi < guard, $"STOI {stoi:F3} reaches the guard of {guard:F2}: remove the miss of \"{preset}\" on the {voice}.");
            Assert.Equal(miss.Measured, stoi, 0.005);
            TestContext.Current.AddWarning($"STOI {stoi:F3} is below the guard of {guard:F2}: {miss.Reason}.");
            return;
        }

        Assert.InRange(stoi, guard, 1);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_comes_in_time_and_without_a_fault(string preset, string voice)
    {
        SpeechReport report = (await presets.HearAsync(preset, voice)).Report;
        Assert.Equal(preset, report.Preset);
        Assert.Empty(report.Faults);
        Assert.InRange(report.EffectLatency, TimeSpan.Zero, LatencyPromise.Limit);
    }

    [Theory]
    [MemberData(nameof(LinesOfTheCharacter))]
    public async Task DJ_R3X_is_nearer_to_the_real_one_than_the_voice_that_came_in(string preset, string voice)
    {
        HeardPresets.Heard heard = await presets.HearAsync(preset, voice);
        double dry = heard.Dry.Likeness.Sound;
        double wet = Voice.LikenessOf(heard.Wet).Sound;
        TestContext.Current.TestOutputHelper?.WriteLine($"dry {dry:F2}, wet {wet:F2}");
        Assert.True(wet < dry, $"{wet:F2} from DJ R-3X (1 is a recording of him), the dry line {dry:F2}.");
    }

    [Fact]
    public void A_preset_without_a_guard_is_told_where_to_get_one_and_no_guard_is_left_over()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => IntelligibilityGuards.Of("brand-new"));
        Assert.Contains("Add a line \"brand-new 0.90\" to tests", refused.Message, StringComparison.Ordinal);
        Assert.All(IntelligibilityGuards.Presets, preset => Assert.Contains(preset, presets.Host.Presets.ListIds()));
    }

    private static TheoryData<string, string> Combine(Func<Preset, bool> isMeant)
    {
        using FxHost host = TestHost.Create();
        var lines = new TheoryData<string, string>();
        foreach (PresetListing listing in host.Presets.ReadAll())
        {
            Preset preset = listing.Reading.Preset ?? throw new InvalidDataException($"{listing.File} has mistakes: r3x presets shows them.");
            foreach (string voice in isMeant(preset) ? Voice.Names : [])
                lines.Add(listing.Id, voice);
        }

        return lines.Count > 0 ? lines : throw new InvalidOperationException("No shipped preset is meant by this test.");
    }
}
