using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sinks;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Sinks;

/// <summary>Leaving out and repeating what is too much and too little between two clocks.</summary>
public sealed class SpliceTests
{
    private const int Rate = 48_000;
    private static readonly AudioFormat Mono = new(Rate, 1);

    [Theory]
    [InlineData(700, 700)]
    [InlineData(20_000, 20_000)]
    [InlineData(5, 480)]
    [InlineData(-300, -480)]
    [InlineData(-9_000, -480)]
    public void So_much_is_left_out_or_repeated_and_nothing_clicks(int frames, int removed)
    {
        foreach (int block in new[] { 1, 240, 479, 1_024 })
        {
            float[] sine = TestSignal.Sine(100, -12, Rate, 2 * Rate);
            float[] heard = Splice(sine, block, Rate / 2, frames);
            Assert.Equal(sine.Length - removed, heard.Length);
            Assert.Equal(sine[..(Rate / 2)], heard[..(Rate / 2)]);
            Assert.Equal(sine[^Rate..], heard[^Rate..]);
            Assert.InRange(HighBand.Highest(heard, Rate), -200, -60);
        }
    }

    [Fact]
    public void At_the_very_beginning_there_is_nothing_to_repeat() =>
        Assert.Equal(Rate, Splice(TestSignal.Sine(100, -12, Rate, Rate), 240, 0, -480).Length);

    [Fact]
    public void A_jitter_is_left_alone_and_what_stays_is_told_once_a_second()
    {
        var pace = new Pace(Mono);
        for (int i = 0; i < 400; i++)
            Assert.Equal(0, pace.Follow(480, i % 100 == 0 ? 1_440 : 4_000, 1_440));
        List<int> told = [];
        for (int i = 0; i < 200; i++)
            told.Add(pace.Follow(480, 4_000, 1_440));
        Assert.Equal([2_560, 2_560], told.FindAll(correction => correction != 0));
        for (int i = 0; i < 100; i++)
            told.Add(pace.Follow(480, 700, 1_440));
        Assert.Equal(-740, told[^1]);
    }

    [Fact]
    public void A_loudspeaker_that_ran_dry_gets_more_and_gives_it_back_with_the_next_sounds()
    {
        var pace = new Pace(Mono);
        pace.RanDry();
        pace.RanDry();
        Assert.Equal(-960, Told(pace));
        pace.Begin();
        pace.Begin();
        Assert.Equal(0, Told(pace));

        static int Told(Pace pace)
        {
            int told = 0;
            for (int i = 0; i < 100; i++)
                told += pace.Follow(480, 1_440, 1_440);
            return told;
        }
    }

    private static float[] Splice(float[] samples, int block, int at, int frames)
    {
        var splice = new Splice(Mono, 1_024);
        var buffer = new AudioBuffer(1, 1_024);
        List<float> heard = [];
        for (int i = 0, size; i < samples.Length; i += size)
        {
            size = Math.Min(i < at ? Math.Min(block, at - i) : block, samples.Length - i);
            samples.AsSpan(i, size).CopyTo(buffer[0]);
            if (i == at)
                splice.Begin(frames);
            int given = splice.Pass(buffer.Block(size));
            heard.AddRange(splice.Out[0][..given]);
        }

        return [.. heard];
    }
}
