using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A held line as it arrives where its loudness is matched: taken through the steps in front of that point, with the silence in which
/// the chain rings out behind it, measured and kept. One thread at a time.
/// </summary>
internal sealed class ArrivedLine : IDisposable
{
    private readonly Chain _chain;
    private readonly LoudnessMeter _meter;
    private readonly SpillBuffer _spool;
    private readonly AudioBuffer _block;
    private readonly AudioBuffer _processed;
    private int _inChain;

    private ArrivedLine(Chain chain)
    {
        _chain = chain;
        _meter = new LoudnessMeter(chain.Format, withRange: false);
        _spool = new SpillBuffer(chain.Format);
        _block = new AudioBuffer(chain.Format.Channels, chain.MaxFrames);
        _processed = new AudioBuffer(chain.Format.Channels, chain.MaxFrames);
    }

    /// <summary>Frames of the line itself; what follows them is what rings out.</summary>
    public long LineFrames { get; private set; }

    /// <summary>Its gated loudness in LUFS; null when it is silent or shorter than 400 ms.</summary>
    public double? Loudness => _meter.LoudBlocks > 0 ? _meter.Integrated : null;

    /// <summary>Takes a line to the match point.</summary>
    /// <param name="line">The line.</param>
    /// <param name="chain">A fresh chain; it has come as far as the line then.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">The line cannot be read any more, or not be kept.</exception>
    public static ArrivedLine Of(HeldLine line, Chain chain, CancellationToken cancellation)
    {
        var arrived = new ArrivedLine(chain);
        try
        {
            chain.StopAtMatch();
            arrived.Take(line, cancellation);
            return arrived;
        }
        catch
        {
            arrived.Dispose();
            throw;
        }
    }

    /// <summary>Reads frames from anywhere; those that follow the last ones read are the cheapest.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="IOException">They cannot be read any more.</exception>
    public int Read(long frame, AudioBlock block) => _spool.Read(frame, block);

    public void Dispose() => _spool.Dispose();

    private void Take(HeldLine line, CancellationToken cancellation)
    {
        for (int frames; (frames = line.Read(LineFrames, _block.Block(_block.Frames))) > 0; LineFrames += frames)
            Process(frames, cancellation);

        Keep();
        _chain.InputEnds();
        long late = (long)_chain.LatencyFrames + _chain.TailFrames;
        for (long rung = 0; rung < late;)
        {
            int frames = (int)Math.Min(late - rung, _block.Frames);
            _block.Block(frames).Clear();
            Process(frames, cancellation);
            rung += frames;
        }

        Keep();
    }

    // While a block is in the chain, the one before it is measured and the next is read.
    private void Process(int frames, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int before = _inChain;
        if (before > 0)
            _chain.Finish(_processed.Block(before));
        _chain.Start(_block.Block(frames));
        _inChain = frames;
        Keep(_processed.Block(before));
    }

    private void Keep()
    {
        if (_inChain == 0)
            return;
        _chain.Finish(_processed.Block(_inChain));
        Keep(_processed.Block(_inChain));
        _inChain = 0;
    }

    private void Keep(AudioBlock block)
    {
        if (block.Frames == 0)
            return;
        _meter.Process(block);
        _spool.Write(block);
    }
}
