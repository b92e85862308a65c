using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A line that is kept while it is measured, to go through a chain afterwards: as it was decoded, or as it arrives
/// where its loudness is matched. A long one that can be read again, and is not packed so tightly that decoding is the
/// dearer way, is read again instead of kept. One thread at a time.
/// </summary>
internal sealed class MeasuredTake : IDisposable
{
    // 47 s of mono at 44.1 kHz.
    private const int MostKeptSamples = 1 << 21;

    private readonly SpeechAudio? _audio;
    private readonly LoudnessMeter _meter;
    private readonly DcBlocker? _blocker;
    private readonly AudioBuffer _measured;
    private SpillBuffer _spill;
    private SecondReading? _again;

    /// <summary>A line that is decoded, measured without its DC, as it will be levelled.</summary>
    /// <param name="format">Its rate and channels.</param>
    /// <param name="audio">Where it comes from; null when it cannot be read again.</param>
    public MeasuredTake(AudioFormat format, SpeechAudio? audio = null)
        : this(format, new DcBlocker(format)) => _audio = audio;

    private MeasuredTake(AudioFormat format, DcBlocker? blocker)
    {
        Format = format;
        _blocker = blocker;
        _meter = new LoudnessMeter(format, withRange: false);
        _measured = new AudioBuffer(format.Channels, blocker is null ? 1 : ChainSetup.MaxBlockFrames);
        _spill = new SpillBuffer(format);
    }

    /// <summary>Its rate and channels.</summary>
    public AudioFormat Format { get; }

    /// <summary>Whether nothing of the line follows what is kept.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Frames kept, with what rings out behind the line.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames of the line itself.</summary>
    public long LineFrames { get; private set; }

    /// <summary>Its gated loudness in LUFS; null when it is silent or shorter than 400 ms.</summary>
    public double? Loudness => _meter.LoudBlocks > 0 ? _meter.Integrated : null;

    /// <summary>
    /// Takes a line through the steps in front of the match point, with the silence in which the chain rings out.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="chain">A fresh chain; it has come as far as the line then.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">The line cannot be read any more, or not be kept.</exception>
    public static MeasuredTake AtMatch(MeasuredTake line, Chain chain, CancellationToken cancellation)
    {
        chain.StopAtMatch();
        var take = new MeasuredTake(chain.Format, blocker: null) { IsWhole = line.IsWhole };
        try
        {
            take.Record(line, chain, cancellation);
            return take;
        }
        catch
        {
            take.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the line's next frames.</summary>
    /// <param name="block">The frames.</param>
    /// <param name="bytes">How many bytes of the line they and all before them were decoded from; 0 when
    /// unknown.</param>
    public void Write(AudioBlock block, long bytes = 0)
    {
        Measure(block);
        Frames += block.Frames;
        LineFrames = Frames;
        if (_again is not null)
            return;
        _spill.Write(block);
        long samples = Frames * Format.Channels;
        if (_audio is not null && samples > MostKeptSamples && bytes >= samples)
        {
            _again = new SecondReading(_audio);
            _spill.Dispose();
            _spill = new SpillBuffer(Format);
        }
    }

    /// <summary>Reads frames from anywhere; those that follow the last ones read are the cheapest.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="IOException">They cannot be read any more.</exception>
    public int Read(long frame, AudioBlock block)
    {
        int frames = (int)Math.Min(block.Frames, Frames - frame);
        if (frames <= 0)
            return 0;
        return _again is null ? _spill.Read(frame, block) : _again.Read(frame, block.Slice(0, frames));
    }

    /// <summary>The same of the line itself, without what rings out.</summary>
    /// <inheritdoc cref="Read"/>
    public int ReadLine(long frame, AudioBlock block)
    {
        int frames = (int)Math.Min(block.Frames, LineFrames - frame);
        return frames > 0 ? Read(frame, block.Slice(0, frames)) : 0;
    }

    public void Dispose()
    {
        _spill.Dispose();
        _again?.Dispose();
    }

    private void Record(MeasuredTake line, Chain chain, CancellationToken cancellation)
    {
        var block = new AudioBuffer(chain.Format.Channels, chain.MaxFrames);
        // While a block is in the chain, the one before it is measured and the next is read.
        var processed = new AudioBuffer(chain.Format.Channels, chain.MaxFrames);
        int inChain = 0;
        for (int frames; (frames = line.Read(Frames + inChain, block.Block(block.Frames))) > 0;)
            Pass(frames);
        Pass(0);
        long lineFrames = Frames;
        chain.InputEnds();
        for (long rest = (long)chain.LatencyFrames + chain.TailFrames; rest > 0; rest -= inChain)
        {
            block.Block((int)Math.Min(rest, block.Frames)).Clear();
            Pass((int)Math.Min(rest, block.Frames));
        }

        Pass(0);
        LineFrames = lineFrames;

        void Pass(int frames)
        {
            cancellation.ThrowIfCancellationRequested();
            int before = inChain;
            if (before > 0)
                chain.Finish(processed.Block(before));
            if (frames > 0)
                chain.Start(block.Block(frames));
            inChain = frames;
            if (before > 0)
                Write(processed.Block(before));
        }
    }

    private void Measure(AudioBlock block)
    {
        if (_blocker is null)
        {
            _meter.Process(block);
            return;
        }

        for (int at = 0; at < block.Frames;)
        {
            AudioBlock part = _measured.Block(Math.Min(block.Frames - at, _measured.Frames));
            block.Slice(at, part.Frames).CopyTo(part);
            _blocker.Process(part);
            _meter.Process(part);
            at += part.Frames;
        }
    }
}
