using System;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

public sealed class PitchTests
{
    private const int Rate = 44_100;
    private const int Length = 65_536;

    [Theory]
    [InlineData(44_100, 150, 5)]
    [InlineData(44_100, 150, -5)]
    [InlineData(44_100, 150, 12)]
    [InlineData(44_100, 150, -12)]
    [InlineData(44_100, 85, 3)]
    [InlineData(44_100, 330, -4)]
    [InlineData(8_000, 150, 5)]
    [InlineData(16_000, 220, -3)]
    [InlineData(24_000, 110, 7)]
    [InlineData(96_000, 150, 5)]
    public void The_fundamental_moves_by_the_semitones_asked_for(int rate, double pitch, double shift)
    {
        var heard = Line.At(rate, "pitch", ("shift", shift)).Run(Vowel(4 * rate, rate, _ => pitch));
        double wanted = pitch * Math.Pow(2, shift / 12);
        var (fundamental, harmonicity) = Fundamental(heard.AsSpan(rate, 2 * rate), rate, wanted);

        // Measured: within 0.04 %, and 55 dB of harmonics over what lies between them.
        Assert.InRange(fundamental / wanted, 0.999, 1.001);
        Assert.InRange(harmonicity, 45, 200);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(-5, 0)]
    [InlineData(0, 4)]
    [InlineData(0, -4)]
    [InlineData(5, 5)]
    [InlineData(-7, 3)]
    public void The_throat_stays_or_moves_as_asked_whatever_the_melody_does(double shift, double formants)
    {
        // Three formants under a gliding melody, so that its harmonics pass over everything.
        var voice = Vowel(6 * Rate, Rate, seconds => 150 + (35 * Math.Sin(2 * Math.PI * 0.5 * seconds)));
        var heard = Line.Of("pitch", ("shift", shift), ("formants", formants)).Run(voice);
        double throat = Math.Pow(2, formants / 12);
        foreach (double formant in new double[] { 600, 1300, 2600 })
            Assert.InRange(Formant(heard, formant * throat) / Formant(voice, formant) / throat, 0.95, 1.05);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void At_zero_it_is_sixteen_milliseconds_and_nothing_else(int rate)
    {
        var voice = Signals.Voice(rate, rate, 0.9);
        var line = Line.At(rate, "pitch", ("shift", 0));
        Assert.Equal((int)Math.Round(0.016 * rate), line.Timing.LatencyFrames);
        Assert.Equal(0, line.Timing.TailFrames);
        Assert.Equal(voice[..^line.Timing.LatencyFrames], line.Run(voice)[line.Timing.LatencyFrames..]);

        var moved = Line.At(rate, "pitch", ("formants", -2));
        moved.Run(voice);
        moved.Set("shift", 0);
        moved.Set("formants", 0);
        moved.Run(new float[2048]);
        Assert.Equal(voice[..^line.Timing.LatencyFrames], moved.Run(voice)[line.Timing.LatencyFrames..]);
        Assert.Equal(voice[..^line.Timing.LatencyFrames],
            Line.At(rate, "pitch", ("mix", 0)).Run(voice)[line.Timing.LatencyFrames..]);
    }

    [Fact]
    public void What_has_no_pitch_passes_untouched()
    {
        var noise = Signals.Noise(Rate);
        var line = Line.Of("pitch", ("shift", 7));
        Assert.Equal(noise[..^line.Timing.LatencyFrames], line.Run(noise)[line.Timing.LatencyFrames..]);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(-7, 0)]
    [InlineData(0, 6)]
    [InlineData(0, -6)]
    public void A_voice_stays_as_loud_as_it_was(double shift, double formants)
    {
        var voice = Signals.Voice(4 * Rate, Rate);
        var heard = Line.Of("pitch", ("shift", shift), ("formants", formants)).Run(voice);
        Assert.InRange(10 * Math.Log10(heard.Sum(s => (double)s * s) / voice.Sum(s => (double)s * s)), -2, 2);
    }

    [Fact]
    public void A_stereo_voice_keeps_its_place()
    {
        var voice = Signals.Voice(Rate, Rate);
        var heard = new Line("pitch", Rate, 2, settings: ("shift", 4)).Run(
            [voice, [.. voice.Select(s => 0.25f * s)]], _ => 100);
        Assert.Equal(heard[0].Select(s => 0.25f * s), heard[1]);
    }

    [Fact]
    public void A_falling_melody_falls_as_far()
    {
        // 200 to 120 Hz in a second, up by 4 semitones: the pitch is looked up in short pieces.
        double Melody(double seconds) => 200 - (40 * seconds);
        var heard = Line.Of("pitch", ("shift", 4)).Run(Vowel(2 * Rate, Rate, Melody));
        for (double seconds = 0.3; seconds < 1.7; seconds += 0.2)
        {
            double wanted = Melody(seconds - 0.016) * Math.Pow(2, 4 / 12.0);
            var piece = heard.AsSpan((int)((seconds - 0.03) * Rate), (int)(0.06 * Rate));
            var (fundamental, _) = Fundamental(piece, Rate, wanted);
            Assert.InRange(fundamental / wanted, 0.98, 1.02);
        }
    }

    // A long a, without noise.
    private static float[] Vowel(int frames, double rate, Func<double, double> melody)
    {
        (double Frequency, double Width)[] formants = [(600, 90), (1300, 110), (2600, 160)];
        var states = new (double S1, double S2)[formants.Length];
        var samples = new double[frames];
        double phase = 0;
        for (int i = 0; i < frames; i++)
        {
            double step = melody(i / rate) / rate;
            phase += step;
            phase -= Math.Floor(phase);

            // A train of pulses as a sum of harmonics: what a rate cannot carry is not in it.
            int harmonics = (int)(0.45 / step);
            double half = Math.PI * phase;
            double source = Math.Abs(Math.Sin(half)) < 1e-9
                ? 2 * harmonics : (Math.Sin(((2 * harmonics) + 1) * half) / Math.Sin(half)) - 1;
            for (int f = 0; f < formants.Length; f++)
            {
                double radius = Math.Exp(-Math.PI * formants[f].Width / rate);
                double y = (source * step) + (2 * radius * Math.Cos(2 * Math.PI * formants[f].Frequency / rate)
                    * states[f].S1) - (radius * radius * states[f].S2);
                states[f] = (y, states[f].S1);
                samples[i] += y / (f + 1);
            }
        }

        double highest = samples.Max(Math.Abs);
        return [.. samples.Select(s => (float)(s * 0.5 / highest))];
    }

    // The pitch near a guess whose harmonics below 3 kHz hold most of the power, and by how many decibels more than the
    // rest does.
    private static (double Hertz, double Decibels) Fundamental(ReadOnlySpan<float> samples, double rate, double guess)
    {
        var windowed = new float[Length];
        int count = Math.Min(Length, samples.Length);
        for (int i = 0; i < count; i++)
            windowed[i] = samples[i] * (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / count)));
        var power = Signals.PowerSpectrum(windowed);
        double highest = Math.Min(3000, 0.4 * rate);
        double Held(double hertz)
        {
            double sum = 0;
            for (int harmonic = 1; harmonic * hertz < highest; harmonic++)
                sum += power[(int)Math.Round(harmonic * hertz * Length / rate)];
            return sum;
        }

        double best = Enumerable.Range(-300, 601).Select(i => guess * (1 + (i / 5000.0))).MaxBy(Held);
        double on = 0;
        double all = 0;
        for (int k = (int)(0.6 * guess * Length / rate); k < highest * Length / rate; k++)
        {
            double harmonic = k * rate / Length / best;
            all += power[k];
            if (Math.Abs(harmonic - Math.Round(harmonic)) * best * count / rate < 4 + (
                0.002 * Math.Round(harmonic) * best * count / rate))
                on += power[k];
        }

        return (best, 10 * Math.Log10(on / Math.Max(all - on, 1e-12 * all)));
    }

    // Where within a fifth of a guess the long-term spectrum is highest: the middle of what is within 3 dB of the top.
    private static double Formant(float[] heard, double guess)
    {
        var power = new double[4097];
        for (int start = Rate; start + 8192 <= heard.Length; start += 2048)
        {
            var piece = heard[start..(start + 8192)];
            for (int i = 0; i < piece.Length; i++)
                piece[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / piece.Length)));
            var one = Signals.PowerSpectrum(piece);
            for (int k = 0; k < power.Length; k++)
                power[k] += one[k];
        }

        // Half a melody wide, so that single harmonics do not show.
        double At(int k) => Enumerable.Range(k - 8, 17).Sum(i => power[i]);
        var bins = Enumerable.Range((int)(guess * 0.82 * 8192 / Rate), (int)(guess * 0.4 * 8192 / Rate)).Select(
            k => (K: k, Power: At(k))).ToArray();
        double top = bins.Max(b => b.Power);
        var high = bins.Where(b => b.Power > top * 0.7).ToArray();
        return high.Sum(b => b.K * b.Power) / high.Sum(b => b.Power) * Rate / 8192;
    }
}
