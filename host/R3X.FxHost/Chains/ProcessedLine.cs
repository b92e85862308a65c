using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// A line as it leaves a chain, from any frame on. Frames are counted by the line: what comes out at a frame
/// is what went in there, whatever the chain's latency, and goes on behind the line's end with its tail. One thread at
/// a time.
/// </summary>
/// <param name="line">The line.</param>
/// <param name="chain">A chain of its own.</param>
internal sealed class ProcessedLine(ILineFrames line, Chain chain) : IThreadPoolWorkItem
{
    // What a compressor or a comb has to have heard to sound as if it had heard everything.
    private const double PreRollMilliseconds = 500;

    private readonly AudioBuffer _passing = new(chain.Format.Channels, ChainSetup.MaxBlockFrames);
    private long _taken;

    /// <summary>The chain.</summary>
    public Chain Chain => chain;

    /// <summary>The frame that <see cref="Read"/> gives next.</summary>
    public long Frame => _taken - chain.LatencyFrames;

    /// <summary>How many frames of the line it has to have had beyond those it has given.</summary>
    public int LatencyFrames => chain.LatencyFrames;

    /// <summary>Starts at a frame of the line, having heard the half second before it. Not for the audio path, but near
    /// the line's beginning.</summary>
    public void StartAt(long frame)
    {
        long heardFrom = Math.Max(0,
            frame - chain.Format.Frames(PreRollMilliseconds)) / ParameterGrid.Frames * ParameterGrid.Frames;
        chain.Reset(heardFrom);
        _taken = heardFrom;
        SkipTo(frame);
    }

    /// <summary>Goes on to a later frame without giving those before it.</summary>
    public void SkipTo(long frame)
    {
        while (Frame < frame)
            Read(_passing.Block((int)Math.Min(frame - Frame, _passing.Frames)));
    }

    /// <summary>Gives the next frames.</summary>
    /// <param name="block">Room for them, 1 to 1,024.</param>
    public void Read(AudioBlock block)
    {
        int there = (int)Math.Clamp(line.End - _taken, 0, block.Frames);
        if (there > 0)
        {
            line.Read(_taken, block.Slice(0, there));
            chain.Process(block.Slice(0, there));
        }

        _taken += block.Frames;
        if (there == block.Frames)
            return;
        AudioBlock silence = block.Slice(there, block.Frames - there);
        silence.Clear();
        chain.InputEnds();
        chain.Process(silence);
    }

    // Lets go of the chain, off the audio path: queued without an object of its own.
    void IThreadPoolWorkItem.Execute() => chain.Close();

    /// <summary>Says that the line was heard to its end.</summary>
    public void Ended() => chain.LineEnded();
}
