using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Tests.Decoding;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Ear;

/// <summary>What every shipped preset promises the listener, on voices it was not made for one by one.</summary>
public sealed class PresetsForTheEarTests(HeardPresets presets) : IClassFixture<HeardPresets>
{
    private const string VoiceOfHim = "dj-r3x";
    private const double Loudness = -18;
    private const double Ceiling = -1;

    /// <summary>Every preset of the repository with every voice.</summary>
    public static TheoryData<string, string> Lines => Combine();

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
            Assert.True(stoi < guard,
                $"STOI {stoi:F3} reaches the guard of {guard:F2}: remove the miss of \"{preset}\" on the {voice}.");
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
    [InlineData("dj-r3x", 1.30)]
    [InlineData("excited", 1.55)]
    [InlineData("sad", 1.85)]
    public Task Voices_of_any_origin_become_DJ_R3X(string preset, double bar) => BecomeHimAsync(preset, bar);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData("happy", 1.55)]
    [InlineData("dj-hype", 1.55)]
    [InlineData("angry", 1.85)]
    [InlineData("sarcastic", 1.85)]
    [InlineData("thinking", 1.85)]
    public Task Voices_of_any_origin_become_DJ_R3X_in_other_moods(string preset, double bar) =>
        BecomeHimAsync(preset, bar);

    private async Task BecomeHimAsync(string preset, double bar)
    {
        var likeness = new List<double>();
        foreach (string voice in Voice.Many)
        {
            HeardPresets.Heard heard = await presets.HearAsync(preset, voice);
            double dry = heard.Dry.Likeness.Sound;
            double wet = Voice.LikenessOf(heard.Wet).Sound;
            TestContext.Current.TestOutputHelper?.WriteLine($"{voice}: dry {dry:F2}, wet {wet:F2}");
            Assert.True(wet < dry, $"{voice}: {wet:F2} from DJ R-3X (1 is a recording of him), the dry line {dry:F2}.");
            likeness.Add(wet);
            double stoi = Stoi.Of(heard.Dry.Decoded.Channels[0], heard.Wet.Channels[0], heard.Wet.Format.SampleRate);
            Assert.True(stoi >= IntelligibilityGuards.Of(preset), $"{voice}: STOI {stoi:F3}.");
        }

        Assert.InRange(likeness.Order().ElementAt(likeness.Count / 2), 0, bar);
    }

    [Theory]
    [InlineData("espeak-ng en-us")]
    [InlineData("flite slt")]
    public async Task A_voice_that_sounds_like_DJ_R3X_already_keeps_more_of_it_with_the_preset_for_clones(string voice)
    {
        HeardPresets.Heard heard = await presets.HearAsync(VoiceOfHim, voice);
        float[] alike = heard.Wet.Channels[0];
        int rate = heard.Wet.Format.SampleRate;
        Assert.True(Through("dj-r3x-clone") < Through(VoiceOfHim));

        double Through(string preset) => Voice.LikenessOf(new Decoded(
            heard.Wet.Format,
            [presets.Host.ApplyAudioEffects(alike, rate, SpeechSelection.OfPreset(preset) with { Seed = 0 })],
            [])).Sound;
    }

    [Fact]
    public async Task The_moods_of_DJ_R3X_differ_from_him_and_from_each_other()
    {
        string[] moods = [VoiceOfHim, "happy", "excited", "dj-hype", "sad", "angry", "sarcastic", "thinking"];
        var heard = new Dictionary<string, LikenessFeatures>();
        foreach (string mood in moods)
        {
            Decoded wet = (await presets.HearAsync(mood, "flite rms")).Wet;
            heard[mood] = LikenessFeatures.Of(wet.Channels[0], wet.Format.SampleRate, CharacterProfile.DjRex.RippleMs)!;
        }

        foreach ((string first, LikenessFeatures one) in heard)
        {
            foreach ((string second, LikenessFeatures other) in heard.Where(mood => mood.Key != first))
            {
                double tone = Math.Sqrt(one.Tone.Zip(other.Tone, (a, b) => (a - b) * (a - b)).Average());
                double dynamics = Math.Abs(one.Crest - other.Crest) + Math.Abs(one.LevelSpread - other.LevelSpread);
                string said = $"{first} and {second} are {tone:F2} dB apart in tone and {dynamics:F2} dB in dynamics.";
                TestContext.Current.TestOutputHelper?.WriteLine(said);
                Assert.True(tone > 1 || dynamics > 1, said);
            }
        }
    }

    [Fact]
    public void A_preset_without_a_guard_is_told_where_to_get_one_and_no_guard_is_left_over()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => IntelligibilityGuards.Of("brand-new"));
        Assert.Contains("Add a line \"brand-new 0.90\" to tests", refused.Message, StringComparison.Ordinal);
        Assert.All(IntelligibilityGuards.Presets, preset => Assert.Contains(preset, presets.Host.Presets.ListIds()));
    }

    private static TheoryData<string, string> Combine()
    {
        using FxHost host = TestHost.Create();
        var lines = new TheoryData<string, string>();
        foreach (PresetListing listing in host.Presets.ReadAll())
        {
            if (listing.Reading.Preset is null)
                throw new InvalidDataException($"{listing.File} has mistakes: r3x presets shows them.");
            foreach (string voice in Voice.Names)
                lines.Add(listing.Id, voice);
        }

        return lines.Count > 0 ? lines : throw new InvalidOperationException("No preset is shipped.");
    }
}
