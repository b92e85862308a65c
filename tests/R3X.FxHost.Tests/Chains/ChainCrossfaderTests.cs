using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

/// <summary>Exchanging the chain of a line in the middle of it.</summary>
public sealed class ChainCrossfaderTests : IDisposable
{
    private const int Rate = 48_000;
    private readonly FxHost _host = TestHost.Create();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("gain: { level: 0 dB }", "limiter: { look-ahead: 5 ms }")]
    [InlineData("limiter: { look-ahead: 5 ms }", "limiter: { look-ahead: 1 ms }")]
    public void Chains_of_different_latencies_are_aligned(string first, string second)
    {
        // Neither does anything to this line but delay it.
        float[] line = TestSignal.WhiteNoise(-30, 2 * Rate);
        float[] heard = Hear(line, first, (Rate, second));
        Assert.InRange(line.Zip(heard, (was, now) => Math.Abs(was - now)).Max(), 0, 1e-6);
    }

    [Theory]
    [InlineData("comb: { feedback: 80%, mix: 60% }", "comb: { delay: 3 ms, feedback: 70%, mix: 50% }")]
    [InlineData("compressor: { threshold: -30 dB, ratio: 8:1 }", "eq: { high-pass: 50 Hz, presence-gain: 9 dB }")]
    [InlineData("gain: { level: -60 dB }", "gain: { level: 12 dB }")]
    public void A_swap_does_not_click(string first, string second)
    {
        float[] heard = Hear(
            TestSignal.Sine(100, -12, Rate, 3 * Rate), first, (Rate + 77, second), (Rate + 20_011, first));
        Assert.InRange(HighBand.Highest(heard[(Rate / 2)..^Rate], Rate), -200, -60);
    }

    [Theory]
    [InlineData("comb: { feedback: 80%, mix: 60% }")]
    [InlineData("compressor: { threshold: -30 dB, ratio: 8:1 }")]
    [InlineData("gain: { level: wobble -12 dB to 0 dB at 0.7 Hz }")]
    [InlineData("gain: { level: sweep -20 dB to 0 dB over 2 s }")]
    [InlineData("gain: { level: follow loudness -20 dB to 0 dB in 50 ms }")]
    public void After_20_ms_the_new_chain_sounds_as_if_it_had_been_there_from_the_beginning(string second)
    {
        float[] line = TestSignal.WhiteNoise(-25, 3 * Rate);
        float[] swapped = Hear(line, "gain: { level: -3 dB }", (Rate, second));
        float[] whole = Hear(line, second);
        int settled = Rate + ChainSetup.MaxBlockFrames + (Rate / 50);
        Assert.InRange(line.Index().Skip(settled).Max(at => Math.Abs(swapped[at.Index] - whole[at.Index])), 0, 1e-4);
        Assert.NotEqual(whole[..Rate], swapped[..Rate]);
    }

    [Fact]
    public void The_fade_takes_20_ms_and_its_gains_add_up_to_1()
    {
        float[] heard = Hear(
            [.. Enumerable.Repeat(0.5f, Rate)], "gain: { level: 0 dB }", (10_000, "gain: { level: -6 dB }"));
        float low = 0.5f * (float)Math.Pow(10, -6 / 20.0);
        int start = Array.FindIndex(heard, sample => sample < 0.5f);
        int end = Array.FindIndex(heard, sample => sample <= low + 1e-6f);
        Assert.InRange(end - start, 940, 960);
        // A block ahead of where it was offered.
        Assert.InRange(start, 10_080, 10_080 + ChainSetup.MaxBlockFrames);
        Assert.Equal((0.5f + low) / 2, heard[(start + end) / 2], 0.002f);
    }

    [Fact]
    public void A_chain_offered_at_the_lines_end_is_the_one_that_begins_it_anew()
    {
        AudioBuffer line = Buffer([.. Enumerable.Repeat(0.5f, 5_000)]);
        var swap = new ChainCrossfader(line, Chain("gain: { level: 0 dB }"));
        swap.Restart();
        var block = new AudioBuffer(1, 480);
        while (swap.Frame < 4_500)
            swap.Read(block.Block(480));
        swap.Offer(Chain("gain: { level: -60 dB }"));
        swap.Restart();
        swap.Read(block.Block(480));
        Assert.All(block[0].ToArray(), sample => Assert.InRange(sample, 0, 0.001f));
        Assert.False(swap.IsSwapping);
    }

    [Fact]
    public void Reading_allocates_nothing_while_chains_are_swapped()
    {
        var swap = new ChainCrossfader(Buffer(TestSignal.WhiteNoise(-20, Rate)), Chain("comb: { mix: 20% }"));
        var block = new AudioBuffer(1, 480);
        swap.Restart();
        int mix = 30;
        // The first one compiles what the others do.
        _ = Swap();
        Assert.Equal(0, Allocations.Fewest(Swap));

        long Swap()
        {
            swap.Offer(Chain($"comb: {{ mix: {mix++}% }}"));
            long allocated = Allocations.Of(() =>
            {
                for (int i = 0; i < 15; i++)
                    swap.Read(block.Block(480));
            });
            Assert.False(swap.IsSwapping);
            return allocated;
        }
    }

    private float[] Hear(float[] samples, string first, params (int Frame, string Step)[] swaps)
    {
        var swap = new ChainCrossfader(Buffer(samples), Chain(first));
        var block = new AudioBuffer(1, 480);
        var heard = new float[samples.Length];
        swap.Restart();
        int offered = 0;
        for (int at = 0; at < heard.Length; at += block.Frames)
        {
            if (offered < swaps.Length && at >= swaps[offered].Frame)
                swap.Offer(Chain(swaps[offered++].Step));
            int frames = Math.Min(block.Frames, heard.Length - at);
            swap.Read(block.Block(frames));
            block[0][..frames].CopyTo(heard.AsSpan(at));
        }

        return heard;
    }

    private static AudioBuffer Buffer(float[] samples)
    {
        var buffer = new AudioBuffer(1, samples.Length);
        samples.CopyTo(buffer[0]);
        return buffer;
    }

    private Chain Chain(string step)
    {
        PresetReading reading = _host.Presets.Read($"preset: 1\nchain:\n  - {step}\n", "test.yaml");
        var chain = R3X.FxHost.Chains.Chain.Prepare(reading.Preset!.Plan, new ChainSetup(new AudioFormat(Rate, 1)));
        chain.WarmUp();
        return chain;
    }
}
