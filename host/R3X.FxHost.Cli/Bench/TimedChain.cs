using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Bench;

/// <summary>A chain in this process, guarded and timed as in a line, without decoding and writing.</summary>
internal sealed class TimedChain
{
    private readonly Chain _chain;
    private readonly AudioBuffer _block;

    /// <param name="plan">The chain.</param>
    /// <param name="format">Mono, at the sound's rate.</param>
    /// <param name="blockFrames">Frames a block, 1 to 1,024.</param>
    public TimedChain(ChainPlan plan, AudioFormat format, int blockFrames)
    {
        _chain = Chain.Prepare(plan, new ChainSetup(format) { ThreadTime = ThreadProcessorTime.Now });
        _chain.WarmUp();
        _block = new AudioBuffer(format.Channels, blockFrames);
    }

    public int BlockFrames => _block.Frames;

    /// <summary>Steps whose effect was bypassed: what was measured is not the chain.</summary>
    public string[] Bypassed => [.. _chain.Slots.Where(slot => !slot.IsActive).Select(slot => $"{slot.Step} ({slot.Fault?.ToString() ?? "not available"})")];

    /// <summary>Processes a stretch from its first block to its last.</summary>
    /// <returns>Nanoseconds a sample.</returns>
    public double Time(ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < samples.Length; at += _block.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            Process(samples.Slice(at, Math.Min(_block.Frames, samples.Length - at)));
        }

        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / samples.Length;
    }

    /// <summary>Processes one block.</summary>
    /// <param name="samples">At most <see cref="BlockFrames"/>.</param>
    public void Process(ReadOnlySpan<float> samples)
    {
        samples.CopyTo(_block[0]);
        _chain.Process(_block.Block(samples.Length));
    }

    /// <summary>Makes the chain ready for another line.</summary>
    public void Reset() => _chain.Reset();
}
