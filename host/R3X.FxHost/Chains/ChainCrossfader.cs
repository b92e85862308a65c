using System;
using System.Linq;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// A line that is heard through a chain that can be exchanged in mid-line: old and new run on the same frames of the
/// line, aligned whatever their latencies, and fade into each other within 20 ms with gains that add up to 1. The line
/// is in memory and heard again and again, or live and without end. One thread reads; another may offer.
/// </summary>
/// <param name="line">The line.</param>
/// <param name="chain">The chain at first.</param>
internal sealed class ChainCrossfader(ILineFrames line, Chain chain)
{
    /// <summary>How long the old chain fades into the new one.</summary>
    public const double FadeMilliseconds = 20;

    private readonly int _fadeFrames = Math.Max(1, chain.Format.Frames(FadeMilliseconds));
    private readonly AudioBuffer _scratch = new(chain.Format.Channels, ChainSetup.MaxBlockFrames);
    private ProcessedLine _sounding = new(line, chain);
    private ProcessedLine? _coming;
    private int _faded;
    private Offered? _offered;

    // Out of reach of who offers.
    private Offered? _taken;
    private long _frame;
    private int _round;

    /// <param name="line">The line, in memory.</param>
    /// <param name="chain">The chain at first.</param>
    public ChainCrossfader(AudioBuffer line, Chain chain)
        : this(new LineInMemory(line), chain)
    {
    }

    /// <summary>How many frames behind those that are read have to have arrived. The reading thread.</summary>
    public int LatencyFrames => Math.Max(
        _sounding.LatencyFrames,
        Math.Max(_coming?.LatencyFrames ?? 0,
            (Volatile.Read(ref _offered) ?? _taken)?.Line.LatencyFrames ?? 0));

    /// <summary>The chain that is heard; while one fades into another, the old one. The reading thread.</summary>
    public Chain Sounding => _sounding.Chain;

    /// <summary>The frame of the line that is read next; beyond its end, of its tail. Any thread.</summary>
    public long Frame => Volatile.Read(ref _frame);

    /// <summary>Whether a chain that was offered is not yet the only one. Any thread.</summary>
    public bool IsSwapping => Volatile.Read(ref _offered) is not null || Volatile.Read(ref _taken) is not null
        || Volatile.Read(ref _coming) is not null;

    /// <summary>
    /// Hands over a new chain. It hears what came before the frame that is read now, which takes a moment, so this is
    /// not for the thread that reads. A chain offered before that was not heard yet is closed.
    /// </summary>
    /// <param name="next">The chain, warmed up, in the format of the first.</param>
    public void Offer(Chain next)
    {
        var offered = new ProcessedLine(line, next);
        int round = Volatile.Read(ref _round);
        offered.StartAt(InReach(Frame));
        // Meanwhile the line went on. A block ahead is where the reader will be when it looks.
        while (Volatile.Read(ref _round) == round && offered.Frame < InReach(Frame + (ChainSetup.MaxBlockFrames / 2)))
            offered.SkipTo(InReach(Frame + ChainSetup.MaxBlockFrames));
        if (Interlocked.Exchange(ref _offered, new Offered(offered, round)) is { } unheard)
            Close(unheard.Line);

        long InReach(long frame) => Math.Clamp(line.Arrived - next.LatencyFrames, 0, frame);
    }

    /// <summary>Begins the line anew, with the newest chain. The reading thread.</summary>
    public void Restart()
    {
        _sounding.Ended();
        ProcessedLine[] there =
            [.. new[] { Interlocked.Exchange(ref _offered, null)?.Line, _taken?.Line, _coming, _sounding }
                .OfType<ProcessedLine>()];
        _sounding = there[0];
        Volatile.Write(ref _taken, null);
        Volatile.Write(ref _coming, null);
        foreach (ProcessedLine old in there[1..])
            Close(old);
        _sounding.StartAt(0);
        Volatile.Write(ref _round, _round + 1);
        Volatile.Write(ref _frame, 0);
    }

    /// <summary>Lets all chains go; nothing is read any more.</summary>
    public void Close()
    {
        Restart();
        Close(_sounding);
    }

    /// <summary>Gives the next frames. The reading thread; it neither allocates nor waits.</summary>
    /// <param name="block">Room for them, 1 to 1,024; of a live line, no more than have arrived less
    /// <see cref="LatencyFrames"/>.</param>
    public void Read(AudioBlock block)
    {
        for (int at = 0; at < block.Frames;)
        {
            int frames = _coming is null
                ? FramesToSwap(block.Frames - at) : Math.Min(block.Frames - at, _fadeFrames - _faded);
            AudioBlock part = block.Slice(at, frames);
            if (frames > 0)
                _sounding.Read(part);
            if (_coming is not null && frames > 0)
                FadeOver(part);
            at += frames;
            Volatile.Write(ref _frame, _frame + frames);
        }
    }

    // How far the old chain is heard alone; where it is no further, the new one begins to come in.
    private int FramesToSwap(int most)
    {
        if (Interlocked.Exchange(ref _offered, null) is { } newer)
        {
            if (_taken is not null)
                Close(_taken.Line);
            Volatile.Write(ref _taken, newer);
        }

        if (_taken is not { } offered
            || line.Arrived - most - offered.Line.LatencyFrames < _frame)
            return most;
        if (offered.Round != _round)
            offered.Line.StartAt(_frame);
        offered.Line.SkipTo(_frame);
        if (offered.Line.Frame - _frame is var frames && frames > 0)
        {
            offered.Round = _round;
            return (int)Math.Min(most, frames);
        }

        Volatile.Write(ref _coming, offered.Line);
        Volatile.Write(ref _taken, null);
        _faded = 0;
        return 0;
    }

    private void FadeOver(AudioBlock old)
    {
        AudioBlock fresh = _scratch.Block(old.Frames);
        _coming!.Read(fresh);
        for (int i = 0; i < old.Frames; i++)
        {
            // Half a cosine: flat at both ends.
            float gain = (float)(0.5 - (0.5 * Math.Cos(Math.PI * ++_faded / _fadeFrames)));
            for (int channel = 0; channel < old.Channels; channel++)
                old[channel][i] += gain * (fresh[channel][i] - old[channel][i]);
        }

        if (_faded < _fadeFrames)
            return;
        Close(_sounding);
        _sounding = _coming;
        Volatile.Write(ref _coming, null);
    }

    private static void Close(ProcessedLine line) =>
        ThreadPool.UnsafeQueueUserWorkItem(line, preferLocal: false);

    /// <summary>A chain that waits to be heard.</summary>
    private sealed class Offered(ProcessedLine line, int round)
    {
        /// <summary>The line through it.</summary>
        public ProcessedLine Line => line;

        /// <summary>The round of the line for which it was made ready. The reading thread's, once it is
        /// offered.</summary>
        public int Round { get; set; } = round;
    }
}
