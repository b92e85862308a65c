using System;
using BenchmarkDotNet.Attributes;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>The neutral preset's whole chain with its guards, mono at 44.1 kHz.</summary>
public class ChainBenchmarks
{
    private const int SoundFrames = 64 * 1_024;

    private readonly float[] _sound = Sound.Make(SoundFrames);
    private Chain _chain = null!;
    private AudioBuffer _buffer = null!;

    /// <summary>Full or draft.</summary>
    [Params(RenderQuality.Full, RenderQuality.Draft)]
    public RenderQuality Quality { get; set; }

    /// <summary>Frames a block; 441 are off the grid of the effects' segments.</summary>
    [Params(1_024, 512, 256, 441)]
    public int BlockFrames { get; set; }

    /// <summary>Builds the chain.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        ChainPlan plan = Installed.Host.Presets.Find("neutral").Preset!.Plan with { Quality = Quality };
        _chain = Chain.Prepare(
            plan, new ChainSetup(new AudioFormat(Sound.SampleRate, 1)));
        _chain.WarmUp();
        _buffer = new AudioBuffer(1, BlockFrames);
    }

    /// <summary>A second and a half of sound.</summary>
    [Benchmark(OperationsPerInvoke = SoundFrames)]
    public void PerSample()
    {
        for (int at = 0; at < SoundFrames; at += BlockFrames)
        {
            int frames = Math.Min(BlockFrames, SoundFrames - at);
            _sound.AsSpan(at, frames).CopyTo(_buffer[0]);
            _chain.Process(_buffer.Block(frames));
        }
    }
}
