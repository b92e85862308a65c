using System;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using Xunit;

namespace R3X.FxHost.Tests.Metering;

public sealed class LoudnessMeterTests
{
    [Theory]
    [InlineData(8_000, 0.05)]
    [InlineData(11_025, 0.02)]
    [InlineData(16_000, 0.005)]
    [InlineData(22_050, 0.001)]
    [InlineData(44_100, 0.001)]
    [InlineData(48_000, 1e-9)]
    [InlineData(96_000, 0.001)]
    public void At_every_rate_the_weighting_is_the_one_the_standard_gives_for_48_kHz(int sampleRate, double tolerance)
    {
        Biquad shelf = KWeightingDesign.Shelf(sampleRate);
        Biquad highPass = KWeightingDesign.HighPass(sampleRate);
        for (double frequency = 10; frequency < Math.Min(sampleRate, 48_000) * 0.499; frequency *= 1.02)
        {
            double gain = shelf.MagnitudeAt(frequency / sampleRate) * highPass.MagnitudeAt(frequency / sampleRate);
            double wanted = 10 * Math.Log10(KWeightingDesign.StandardPower(frequency));
            Assert.Equal(wanted, 20 * Math.Log10(gain), tolerance);
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    [InlineData(96_000)]
    public void A_997_Hz_tone_reads_what_the_standard_says(int sampleRate)
    {
        // BS.1770-4: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS.
        float[] tone = Signals.Sine(5 * sampleRate, 997, sampleRate);
        Assert.Equal(-3.01, Tone.Measured(sampleRate, [tone]).Integrated, 0.03);
        Assert.Equal(0, Tone.Measured(sampleRate, [tone, tone]).Integrated, 0.03);
    }

    [Fact]
    public void However_the_stream_is_cut_the_measures_are_the_same_to_the_last_bit()
    {
        float[] line = Signals.Voice(60_000, 11_025);
        LoudnessMeter whole = new(new AudioFormat(11_025, 1));
        whole.Process(new AudioBlock(line));
        foreach (int size in (int[])[1, 10, 17, 256, 1_024, 2_027])
        {
            LoudnessMeter cut = new(new AudioFormat(11_025, 1));
            for (int start = 0; start < line.Length; start += size)
                cut.Process(new AudioBlock(line.AsSpan(start, Math.Min(size, line.Length - start))));
            Assert.Equal(whole.Integrated, cut.Integrated);
            Assert.Equal(whole.MaximumMomentary, cut.MaximumMomentary);
            Assert.Equal(whole.ShortTerm, cut.ShortTerm);
            Assert.Equal(whole.Range, cut.Range);
        }
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        var loudness = new LoudnessMeter(new AudioFormat(44_100, 2));
        var truePeak = new TruePeakMeter(2);
        var level = new LevelMeter(2);
        var buffer = new AudioBuffer(2, 1_000);
        Signals.Noise(1_000).CopyTo(buffer[0]);
        MeasureAll(loudness, truePeak, level, buffer, 2);
        double sum = 0;
        Assert.Equal(0, Allocations.Fewest(() => { sum = MeasureAll(loudness, truePeak, level, buffer, 300); }));
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Too_little_sound_and_silence_have_no_loudness()
    {
        var meter = new LoudnessMeter(new AudioFormat(16_000, 1));
        Assert.Equal(double.NegativeInfinity, meter.Integrated);
        meter.Process(new AudioBlock(Signals.Noise(6_399)));
        Assert.Equal(double.NegativeInfinity, meter.Integrated);
        meter.Process(new AudioBlock(Signals.Noise(1)));
        Assert.InRange(meter.Integrated, -20, -10);
        Assert.Equal(1, meter.LoudBlocks);
        meter.Reset();
        meter.Process(new AudioBlock(new float[32_000]));
        Assert.Equal(double.NegativeInfinity, meter.Integrated);
        Assert.Equal(0, meter.Range);
    }

    [Fact]
    public void After_a_reset_a_meter_is_as_new()
    {
        float[] line = Signals.Voice(40_000, 16_000);
        var meter = new LoudnessMeter(new AudioFormat(16_000, 1));
        meter.Process(new AudioBlock(Signals.Noise(70_123)));
        meter.Reset();
        meter.Process(new AudioBlock(line));
        LoudnessMeter fresh = Tone.Measured(16_000, [line]);
        Assert.Equal(fresh.Integrated, meter.Integrated);
        Assert.Equal(fresh.MaximumMomentary, meter.MaximumMomentary);
        Assert.Equal(fresh.Frames, meter.Frames);
    }

    [Fact]
    public void Poison_counts_as_silence_and_leaves_nothing_behind()
    {
        float[] clean = Signals.Voice(48_000, 16_000);
        float[] poisoned = [.. clean];
        clean[1_000] = clean[1_001] = clean[1_002] = 0;
        poisoned[1_000] = float.NaN;
        poisoned[1_001] = float.NegativeInfinity;
        poisoned[1_002] = 1e30f;
        Assert.Equal(Tone.Measured(16_000, [clean]).Integrated, Tone.Measured(16_000, [poisoned]).Integrated);
        Assert.Equal(Tone.TruePeak(clean), Tone.TruePeak(poisoned));
    }

    [Fact]
    public void A_true_peak_does_not_depend_on_how_the_stream_was_cut()
    {
        float[] line = Signals.Noise(20_000);
        double whole = Tone.TruePeak(line);
        foreach (int size in (int[])[1, 17, 64, 1_024])
        {
            var meter = new TruePeakMeter(1);
            for (int start = 0; start < line.Length; start += size)
                meter.Process(new AudioBlock(line.AsSpan(start, Math.Min(size, line.Length - start))));
            meter.Finish();
            Assert.Equal(whole, meter.Level);
        }
    }

    [Fact]
    public void Plain_levels_of_a_sine_are_those_of_the_textbook()
    {
        var meter = new LevelMeter(1);
        meter.Process(new AudioBlock(Signals.Sine(48_000, 1_000, 48_000, amplitude: 0.5)));
        Assert.Equal(-6.02, meter.Peak, 0.01);
        Assert.Equal(-9.03, meter.Rms, 0.01);
        Assert.Equal(3.01, meter.CrestFactor, 0.01);
    }

    private static double MeasureAll(
        LoudnessMeter loudness, TruePeakMeter truePeak, LevelMeter level, AudioBuffer buffer, int times)
    {
        double sum = 0;
        for (int i = 0; i < times; i++)
        {
            loudness.Process(buffer.Block(1_000));
            truePeak.Process(buffer.Block(1_000));
            level.Process(buffer.Block(1_000));
            sum += truePeak.Level + level.Rms + (double.IsFinite(loudness.Integrated) ? loudness.Integrated : 0);
        }

        return sum;
    }
}
