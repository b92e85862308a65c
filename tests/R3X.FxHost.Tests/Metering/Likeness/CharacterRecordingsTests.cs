using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Metering.Likeness;
using Xunit;

namespace R3X.FxHost.Tests.Metering.Likeness;

public sealed class CharacterRecordingsTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData("en-us")]
    [InlineData("en-us+f3")]
    public void A_clean_line_is_cut_into_pieces_of_about_3_seconds_that_are_all_used(string voice)
    {
        float[] line = Spoken.Line(Rate, 1, voice);
        var recordings = Recorded(line);
        Assert.Empty(recordings.Rejected);
        Assert.InRange(recordings.Used.Count, 3, 4);
        Assert.All(recordings.Used, piece => Assert.InRange(piece.Length.TotalSeconds, 2, 5));
        for (int i = 1; i < recordings.Used.Count; i++)
            Assert.True(recordings.Used[i].Start >= recordings.Used[i - 1].Start + recordings.Used[i - 1].Length);
        // Next to everything that is spoken is in one of them.
        double used = recordings.Used.Sum(piece => piece.Samples.Sum(sample => (double)sample * sample));
        Assert.InRange(used, 0.98 * line.Sum(sample => (double)sample * sample), double.MaxValue);
    }

    [Theory]
    [InlineData("chords", 20)]
    [InlineData("hiss", 20)]
    [InlineData("hum", 20)]
    [InlineData("chords", 10)]
    public void Music_or_noise_under_a_line_is_noticed(string kind, double below)
    {
        float[] line = Spoken.Line(Rate);
        float[] other = kind switch
        {
            "chords" => Chords(line.Length),
            "hiss" => Signals.Noise(line.Length),
            _ => [.. Signals.Sine(line.Length, 100, Rate).Zip(Signals.Sine(line.Length, 200, Rate), (a, b) => a + b)],
        };
        double gain = Math.Sqrt(Energy(line) / Energy(other)) * Math.Pow(10, -below / 20);
        float[] mixed = [.. line.Zip(other, (a, b) => (float)(a + (gain * b)))];
        CharacterRecordings recordings = Recorded(mixed);
        Assert.Empty(recordings.Used);
        Assert.All(recordings.Rejected, piece => Assert.Contains(
            "music or noise under it", piece.ToString(), StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(recordings.Profile);

        var kept = new CharacterRecordings { KeepsNoise = true };
        kept.Add("mixed", mixed, Rate);
        Assert.Empty(kept.Rejected);
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(1.7)]
    [InlineData(2.0)]
    public void The_delay_of_a_comb_is_found(double ms)
    {
        var recordings = new CharacterRecordings();
        foreach (string voice in new[] { "en-us", "en-us+f3", "en-gb+f3" })
        {
            float[] line = Spoken.Line(Rate, 1, voice);
            int delay = (int)Math.Round(ms * Rate / 1_000);
            recordings.Add(
                voice, [.. line.Select((sample, i) => sample + (i < delay ? 0 : 0.7f * line[i - delay]))], Rate);
        }

        CharacterProfile profile = recordings.Profile();
        Assert.Equal(ms, profile.RippleMs, 0.05);
        Assert.Equal(recordings.Used.Count, profile.Pieces);
        Assert.Equal(21, profile.ThirdOctaves.Count);
    }

    [Fact]
    public void A_recording_scores_about_1_against_the_profile_of_its_own_kind_and_another_voice_more()
    {
        var recordings = new CharacterRecordings();
        recordings.Add("one", Spoken.Line(Rate), Rate);
        CharacterProfile profile = recordings.Profile();
        LikenessScore own = Score(profile, Spoken.Line(Rate));
        LikenessScore other = Score(profile, Spoken.Line(Rate, 1, "en-us+f3"));
        Assert.InRange(own.Sound, 0, 1);
        Assert.InRange(other.Sound, own.Sound + 0.5, 10);
    }

    [Fact]
    public void Silence_and_less_than_a_second_of_speech_are_left_out_with_the_reason()
    {
        var recordings = new CharacterRecordings();
        recordings.Add("silence", new float[Rate], Rate);
        recordings.Add("nothing", [], Rate);
        recordings.Add("word", Spoken.Line(Rate).AsSpan(0, Rate / 2).ToArray(), Rate);
        recordings.Add("broken", Enumerable.Repeat(float.NaN, Rate).ToArray(), Rate);
        Assert.Empty(recordings.Used);
        string[] said = [.. recordings.Rejected.Select(piece => piece.ToString())];
        Assert.Equal(4, said.Length);
        Assert.Contains("no speech", said[0], StringComparison.Ordinal);
        Assert.Contains("no speech", said[1], StringComparison.Ordinal);
        Assert.Contains("s of speech; 1 s is the least", said[2], StringComparison.Ordinal);
        Assert.Contains("no speech", said[3], StringComparison.Ordinal);
    }

    [Fact]
    public void The_expected_error_falls_with_every_piece()
    {
        var recordings = new CharacterRecordings();
        double before = double.PositiveInfinity;
        for (int i = 0; i < 4; i++)
        {
            recordings.Add("again", Spoken.Line(22_050), 22_050);
            Assert.True(recordings.ExpectedErrorDb < before || recordings.Used.Count > 12);
            before = recordings.ExpectedErrorDb;
        }

        Assert.Equal(0.7, before, 0.2);
    }

    private static CharacterRecordings Recorded(float[] line)
    {
        var recordings = new CharacterRecordings();
        recordings.Add("line.wav", line, Rate);
        return recordings;
    }

    private static LikenessScore Score(CharacterProfile profile, float[] line) =>
        profile.Score(LikenessFeatures.Of(line, Rate, profile.RippleMs) ?? throw new InvalidDataException("Silence."));

    private static double Energy(float[] samples) => samples.Sum(sample => (double)sample * sample);

    // Two a second, each dying away.
    private static float[] Chords(int frames)
    {
        double[][] chords = [[220, 277, 330], [196, 247, 294], [175, 220, 262]];
        var samples = new float[frames];
        for (int i = 0; i < frames; i++)
        {
            double seconds = (double)i / Rate;
            double age = seconds % 0.5;
            foreach (double note in chords[(int)(seconds / 2) % chords.Length])
            {
                for (int partial = 1; partial <= 6; partial++)
                    samples[i] += (float)(
                        Math.Exp(-age / 0.4) * Math.Sin(2 * Math.PI * note * partial * seconds) / partial);
            }
        }

        return samples;
    }
}
