using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

/// <summary>Exchanging the chain of a line that is still arriving.</summary>
public sealed class LiveCrossfaderTests : IDisposable
{
    private const int Rate = 48_000;
    private readonly FxHost _host = TestHost.Create();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("gain: { level: 0 dB }", "limiter: { look-ahead: 5 ms }")]
    [InlineData("limiter: { look-ahead: 5 ms }", "limiter: { look-ahead: 1 ms }")]
    public void Nothing_is_read_before_it_has_arrived_and_chains_of_other_latencies_are_aligned(
        string first, string second)
    {
        // Neither does anything to this line but delay it.
        float[] samples = TestSignal.WhiteNoise(-30, 2 * Rate);
        var line = new ArrivingLine(samples);
        var swap = new ChainCrossfader(line, Chain(first));
        line.Arrived = swap.LatencyFrames;
        swap.Restart();
        var block = new AudioBuffer(1, 240);
        float[] heard = new float[samples.Length];
        for (int arrivals = 0; line.Arrived < samples.Length; arrivals++)
        {
            line.Arrived = Math.Min(samples.Length, line.Arrived + 240);
            if (arrivals is 200)
                swap.Offer(Chain(second));
            while (Math.Min(line.Arrived - swap.LatencyFrames - swap.Frame, 240) is var ready and > 0)
            {
                long at = swap.Frame;
                swap.Read(block.Block((int)ready));
                block[0][..(int)ready].CopyTo(heard.AsSpan((int)at));
            }
        }

        Assert.False(swap.IsSwapping);
        Assert.InRange(swap.Frame, samples.Length - 300, samples.Length);
        int end = (int)swap.Frame;
        Assert.InRange(samples[..end].Zip(heard[..end], (was, now) => Math.Abs(was - now)).Max(), 0, 1e-6);
    }

    private Chain Chain(string step)
    {
        PresetReading reading = _host.Presets.Read($"preset: 1\nchain:\n  - {step}\n", "test.yaml");
        var chain = R3X.FxHost.Chains.Chain.Prepare(reading.Preset!.Plan, new ChainSetup(new AudioFormat(Rate, 1)));
        chain.WarmUp();
        return chain;
    }

    private sealed class ArrivingLine(float[] samples) : ILineFrames
    {
        public long End => long.MaxValue;

        public long Arrived { get; set; }

        public void Read(long frame, AudioBlock block)
        {
            Assert.InRange(frame + block.Frames, 0, Arrived);
            samples.AsSpan((int)frame, block.Frames).CopyTo(block[0]);
        }
    }
}
