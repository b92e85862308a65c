using System;
using System.IO;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Metering.Likeness;

/// <summary>
/// Against the script with which the figures of DJ R-3X were measured, likeness.py (NumPy and SciPy). Its values stand
/// here: of <see cref="Signals.Voice"/> written as 32-bit WAV, four seconds each, and of the command's own line,
/// decoded by ffmpeg.
/// </summary>
public sealed class LikenessAgreementTests
{
    private const double Tolerance = 0.01;

    [Theory]
    [InlineData(44_100, 1, 2.7753, 2.8451, 3.9395, 4.2510, 2.5962)]
    [InlineData(24_000, 2, 2.7376, 2.7684, 3.8646, 4.3369, 2.5816)]
    [InlineData(8_000, 3, 2.8174, 3.3787, 2.1766, 3.5618, 2.5410)]
    [InlineData(48_000, 4, 2.7855, 2.8474, 3.9750, 4.2777, 2.5886)]
    public void Scores_are_those_of_the_script_at_every_rate(
        int rate, int seed, double sound, double tone, double metal, double texture, double voice)
    {
        float[] samples = Signals.Voice(4 * rate, rate, seed: seed);
        LikenessScore score = CharacterProfile.DjRex.Score(Of(samples, rate));
        Assert.Equal(sound, score.Sound, Tolerance);
        Assert.Equal(tone, score.Tone, Tolerance);
        Assert.Equal(metal, score.Metal, Tolerance);
        Assert.Equal(texture, score.Texture, Tolerance);
        Assert.Equal(voice, score.Voice, Tolerance);
    }

    [Fact]
    public void Every_figure_of_a_spoken_line_is_that_of_the_script()
    {
        var line = Decoded.From(File.ReadAllBytes(Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3")));
        LikenessFeatures features = Of(line.Channels[0], line.Format.SampleRate);
        Assert.Equal(23, features.Tone.Count);
        Assert.Equal(21.023, features.Tone[0], Tolerance);
        Assert.Equal(-4.474, features.Tone[7], Tolerance);
        Assert.Equal(-15.878, features.Tone[22], Tolerance);
        Assert.Equal(0.4793, features.Ripple, Tolerance);
        Assert.Equal(16.3115, features.Crest, Tolerance);
        Assert.Equal(10.3645, features.LevelSpread, Tolerance);
        Assert.Equal(7.1647, features.Hum, Tolerance);
        Assert.Equal(0.0540, features.Decay, 0.001);
        Assert.Equal(1.5852, features.Pitch, Tolerance);
        Assert.Equal(1.7322, features.Melody, Tolerance);
        Assert.Equal(2.4774, CharacterProfile.DjRex.Score(features).Sound, Tolerance);
    }

    [Fact]
    public void Level_and_silence_around_a_line_change_next_to_nothing()
    {
        float[] line = Signals.Voice(4 * 44_100, 44_100);
        float[] quiet = [.. new float[44_100], .. Array.ConvertAll(line, sample => sample
            * 0.05f), .. new float[44_100]];
        LikenessScore loud = CharacterProfile.DjRex.Score(Of(line, 44_100));
        LikenessScore soft = CharacterProfile.DjRex.Score(Of(quiet, 44_100));
        Assert.Equal(loud.Tone, soft.Tone, 0.05);
        Assert.Equal(loud.Metal, soft.Metal, 0.05);
    }

    [Fact]
    public void A_tremolo_is_heard_as_hum_and_a_comb_as_ripple()
    {
        float[] line = Spoken.Line(44_100);
        var trembling = new float[line.Length];
        var combed = new float[line.Length];
        const int Delay = 34;
        for (int i = 0; i < line.Length; i++)
        {
            trembling[i] = line[i] * (float)(1 + (0.4 * Math.Sin(2 * Math.PI * 50 * i / 44_100)));
            combed[i] = line[i] + (0.7f * (i < Delay ? 0 : line[i - Delay]));
        }

        LikenessFeatures plain = Of(line, 44_100);
        Assert.InRange(Of(trembling, 44_100).Hum, plain.Hum + 2, 60);
        Assert.InRange(Of(combed, 44_100).Ripple, plain.Ripple + 3, 20);
        Assert.Equal(plain.Pitch, Of(combed, 44_100).Pitch, 1.0);
    }

    [Fact]
    public void Silence_has_no_likeness_and_broken_sound_no_harm()
    {
        Assert.Null(LikenessFeatures.Of([], 44_100, 0.78));
        Assert.Null(LikenessFeatures.Of(new float[50_000], 22_050, 0.78));
        float[] line = Signals.Voice(2 * 44_100, 44_100);
        float[] broken = (float[])line.Clone();
        for (int i = 0; i < broken.Length; i += 5_000)
            (broken[i], broken[i + 1]) = (float.NaN, float.PositiveInfinity);
        float[] clipped = Array.ConvertAll(line, sample => Math.Clamp(100 * sample, -1, 1));
        foreach (
            float[] sound in new[] { broken, clipped, line[..4_410], line[..1], Signals.Sine(44_100, 440, 44_100) })
        {
            LikenessScore? score = LikenessFeatures.Of(sound, 44_100, 0.78) is { } features
                ? CharacterProfile.DjRex.Score(features) : null;
            Assert.True(score is null || (double.IsFinite(score.Tone)
                && double.IsFinite(score.Metal)), $"{sound.Length} samples");
        }
    }

    private static LikenessFeatures Of(float[] samples, int rate) =>
        LikenessFeatures.Of(samples, rate, CharacterProfile.DjRex.RippleMs)
            ?? throw new InvalidDataException("Silence.");
}
