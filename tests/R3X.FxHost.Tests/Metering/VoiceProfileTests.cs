using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Tests.Effects;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class VoiceProfileTests
{
    [Theory]
    [InlineData("en-us", 4.08)]
    [InlineData("en-gb+f3", 4.22)]
    [InlineData("en-us+m3", 3.71)]
    public void Synthesised_speakers_are_as_far_from_the_character_as_the_profile_says(string voice, double distance)
    {
        VoiceSpectrum? spectrum = VoiceSpectrum.Of(Spoken.Line(22_050, 1, voice), 22_050);
        Assert.NotNull(spectrum);
        double measured = VoiceProfile.DjRex.DistanceTo(spectrum);
        TestContext.Current.TestOutputHelper?.WriteLine($"distance {measured:F2}");
        Assert.Equal(distance, measured, 0.3);
    }

    [Fact]
    public void The_distance_does_not_depend_on_level_or_on_silence_around_the_voice()
    {
        float[] line = Spoken.Line(22_050);
        float[] quiet = [.. new float[4_096], .. line.Select(sample => sample * 0.1f), .. new float[30_000]];
        Assert.Equal(Distance(line, 22_050), Distance(quiet, 22_050), 0.05);
    }

    [Fact]
    public void Noise_shaped_like_the_profile_is_near_it_and_plain_noise_is_not()
    {
        var random = new Random(5);
        var shaped = new float[44_100];
        VoiceProfile profile = VoiceProfile.DjRex;
        for (int band = 0; band < profile.Bands.Count; band++)
        {
            // Ten sines in each band, at random places and phases.
            double amplitude = Math.Pow(10, profile.Levels[band] / 20) / 20;
            for (int n = 0; n < 10; n++)
            {
                double w = 2 * Math.PI * profile.Bands[band] * Math.Pow(2, (random.NextDouble() - 0.5) / 3) / 44_100;
                double phase = random.NextDouble() * 7;
                for (int i = 0; i < shaped.Length; i++)
                    shaped[i] += (float)(amplitude * Math.Sin((w * i) + phase));
            }
        }

        Assert.InRange(Distance(shaped, 44_100), 0, 1);
        Assert.InRange(Distance(Signals.Noise(44_100), 44_100), 4, 20);
    }

    [Fact]
    public void A_telephone_is_compared_in_the_bands_that_it_has()
    {
        Assert.InRange(Distance(Spoken.Line(8_000), 8_000), 1, 6);
    }

    [Fact]
    public void Silence_has_no_spectrum()
    {
        Assert.Null(VoiceSpectrum.Of(new float[10_000], 44_100));
        Assert.Null(VoiceSpectrum.Of([], 44_100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "bands_hz": [100, 200], "level_db": [-3] }""")]
    [InlineData("""{ "bands_hz": ["a"], "level_db": [-3] }""")]
    [InlineData("""{ "bands_hz": [], "level_db": [] }""")]
    public void A_broken_profile_is_refused_with_what_it_needs(string json)
    {
        var e = Assert.Throws<InvalidDataException>(() => VoiceProfile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))));
        Assert.Contains("bands_hz", e.Message, StringComparison.Ordinal);
    }

    private static double Distance(float[] samples, int sampleRate)
    {
        VoiceSpectrum? spectrum = VoiceSpectrum.Of(samples, sampleRate);
        Assert.NotNull(spectrum);
        return VoiceProfile.DjRex.DistanceTo(spectrum);
    }
}
