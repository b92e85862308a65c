using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class VocoderTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(60)]
    [InlineData(92)]
    [InlineData(210)]
    public void Whatever_the_melody_the_machine_speaks_at_the_pitch_of_its_carrier(double carrier)
    {
        var heard = Line.Of("vocoder", ("carrier", carrier), ("hiss", 0)).Run(Vowel(4 * Rate, Rate)).AsSpan(
            2 * Rate, 65_536);
        var power = Signals.PowerSpectrum(Windowed(heard));
        double Around(double hertz)
        {
            int bin = (int)Math.Round(hertz * 65_536 / Rate);
            return Enumerable.Range(bin - 5, 11).Sum(k => power[k]);
        }

        double on = Enumerable.Range(2, 20).Sum(i => Around(i * carrier));
        double between = Enumerable.Range(2, 20).Sum(i => Around((i + 0.5) * carrier));
        Assert.InRange(10 * Math.Log10(on / between), 15, 200);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void A_tone_sounds_in_its_own_band_and_as_loud(double hertz)
    {
        var heard = Line.Of("vocoder", ("hiss", 0), ("bands", 16), ("carrier", 40))
            .Run(Signals.Sine(2 * Rate, hertz, Rate, 0.2)).AsSpan(Rate, 32_768);
        var power = Signals.PowerSpectrum(Windowed(heard));
        double Between(double low, double high) =>
            Enumerable.Range((int)(low * 32_768 / Rate), (int)((high - low) * 32_768 / Rate)).Sum(k => power[k]);
        double all = Between(20, 22_000);

        // A band of sixteen is 0.4 octaves wide, and its neighbours listen in.
        Assert.InRange(Between(hertz / 1.5, hertz * 1.5) / all, 0.8, 1);
        double level = 10 * Math.Log10(heard.ToArray().Average(s => (double)s * s) / 0.02);
        Assert.InRange(level, -5, 3);
    }

    [Theory]
    [InlineData(8_000, 92)]
    [InlineData(16_000, 92)]
    [InlineData(44_100, 50)]
    [InlineData(44_100, 92)]
    [InlineData(44_100, 250)]
    [InlineData(96_000, 92)]
    public void A_voice_stays_as_loud_as_it_was(int rate, double carrier)
    {
        var voice = Signals.Voice(4 * rate, rate, 0.5);
        var heard = Line.At(rate, "vocoder", ("carrier", carrier)).Run(voice);
        double change = 10 * Math.Log10(heard.Sum(s => (double)s * s) / voice.Sum(s => (double)s * s));
        Assert.InRange(change, -3, 3);
    }

    [Fact]
    public void An_s_hisses_and_does_not_buzz()
    {
        // High-passed noise, in which the spectrum of a buzz would stand in lines 400 Hz apart.
        var noise = Signals.Noise(3 * Rate);
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = noise.Length - 1; i > 0; i--)
                noise[i] = (noise[i] - noise[i - 1]) / 2;
        }

        double Lines(double hiss)
        {
            var power = Signals.PowerSpectrum(
                Windowed(Line.Of("vocoder", ("hiss", hiss), ("carrier", 400)).Run(noise).AsSpan(Rate, 65_536)));
            double Around(double hertz) => Enumerable.Range((int)(hertz * 65_536 / Rate) - 40, 81).Sum(k => power[k]);
            return 10 * Math.Log10(Enumerable.Range(9, 8).Sum(i => Around(i * 400)) / Enumerable.Range(9, 8).Sum(
                i => Around((i + 0.5) * 400)));
        }

        Assert.InRange(Lines(0), 6, 100);
        Assert.InRange(Lines(100), -2, 2);
    }

    [Fact]
    public void Without_mix_the_voice_is_untouched()
    {
        var voice = Signals.Voice(20_000, Rate, 0.9);
        Assert.Equal(voice, Line.Of("vocoder", ("mix", 0)).Run(voice));
        Assert.Equal(0, Line.Of("vocoder", ("mix", 0)).Timing.TailFrames);
    }

    [Fact]
    public void Bands_above_the_line_are_noted()
    {
        Assert.Contains("8000 Hz", Assert.Single(Line.At(8000, "vocoder").Setup.Notes), StringComparison.Ordinal);
        Assert.Empty(Line.At(16_000, "vocoder").Setup.Notes);
    }

    private static float[] Vowel(int frames, double rate)
    {
        // One long a, its melody gliding up and down.
        var samples = new float[frames];
        double phase = 0;
        double s1 = 0, s2 = 0;
        for (int i = 0; i < frames; i++)
        {
            phase += (140 + (30 * Math.Sin(2 * Math.PI * i / rate))) / rate;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= Math.Floor(phase);
            (s1, s2) = (pulse + (1.94 * s1) - (0.95 * s2), s1);
            samples[i] = (float)(0.05 * s1);
        }

        return samples;
    }

    private static float[] Windowed(ReadOnlySpan<float> samples)
    {
        var windowed = samples.ToArray();
        for (int i = 0; i < windowed.Length; i++)
            windowed[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / windowed.Length)));
        return windowed;
    }
}
