using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Bench;

/// <summary>A chain in this process, guarded and timed as in a line, without decoding and writing.</summary>
internal sealed class TimedChain
{
    private readonly Chain _chain;

    // Sound comes in pieces as long for blocks of every size: to fetch it from where a long sound lies is not the
    // chain's work, and costs more the smaller the pieces are. A decoder's output is in the processor's cache.
    private readonly AudioBuffer _arrived;

    /// <param name="plan">The chain.</param>
    /// <param name="format">Mono, at the sound's rate.</param>
    /// <param name="blockFrames">Frames a block, 1 to 1,024.</param>
    public TimedChain(ChainPlan plan, AudioFormat format, int blockFrames)
    {
        _chain = Chain.Prepare(plan, new ChainSetup(format));
        _chain.WarmUp();
        BlockFrames = blockFrames;
        _arrived = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames / blockFrames * blockFrames);
    }

    public int BlockFrames { get; }

    /// <summary>Steps whose effect was bypassed: what was measured is not the chain.</summary>
    public string[] Bypassed => [.. _chain.Slots.Where(slot => !slot.IsActive).Select(
        slot => $"{slot.Step} ({slot.Fault?.ToString() ?? "not available"})")];

    /// <summary>Processes a stretch from its first block to its last.</summary>
    /// <returns>Nanoseconds a sample.</returns>
    public double Time(ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < samples.Length; at += _arrived.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            Process(samples.Slice(at, Math.Min(_arrived.Frames, samples.Length - at)));
        }

        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / samples.Length;
    }

    /// <summary>Processes as many whole blocks as 1,024 frames hold, or the sound's last ones.</summary>
    /// <param name="samples">At most 1,024.</param>
    public void Process(ReadOnlySpan<float> samples)
    {
        samples.CopyTo(_arrived[0]);
        for (int at = 0; at < samples.Length; at += BlockFrames)
            _chain.Process(_arrived.Block(at, Math.Min(BlockFrames, samples.Length - at)));
    }

    /// <summary>Makes the chain ready for another line.</summary>
    public void Reset() => _chain.Reset();
}
