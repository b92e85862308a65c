using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

/// <summary>
/// A block on its way through a chain on a thread that is watched, in memory of its own. When an effect does not
/// return, this stays with the effect, and another one goes on from what the effect was given.
/// </summary>
internal sealed class WatchedBlock
{
    private readonly Chain _chain;
    private readonly ChainSetup _setup;
    private readonly AudioBuffer _frames;
    private readonly float[] _aside;
    private int _count;
    private int _at;
    private int _slot;
    private bool _isOdd;
    private StuckEffect? _goesOnFrom;

    public WatchedBlock(Chain chain, ChainSetup setup)
    {
        _chain = chain;
        _setup = setup;
        _frames = new AudioBuffer(setup.Format.Channels, chain.MaxFrames + (2 * Canary.Frames));
        _aside = new float[SamplesAside(setup)];
        Work = new WatchedWork(Do) { CameBack = Stuck.Return };
    }

    private WatchedBlock(WatchedBlock left)
        : this(left._chain, left._setup)
    {
        (_count, _at, _slot, _goesOnFrom) = (left._count, left._at, left._slot, left.Stuck);
        left.Frames(0, _count).CopyTo(Frames(0, _count));
        AudioBlock piece = Piece();
        Aside(left._aside, piece, left._isOdd ? 1 : 0).CopyTo(piece);
    }

    /// <summary>The call in which it is given up, if it is.</summary>
    public StuckEffect Stuck { get; } = new();

    /// <summary>What takes it through the chain.</summary>
    public WatchedWork Work { get; }

    /// <summary>The memory, in samples, for what the slot at work was given and what it gave.</summary>
    /// <param name="setup">The chain's.</param>
    public static int SamplesAside(ChainSetup setup) => 2 * setup.Format.Channels * Stride(setup.MaxFrames);

    /// <summary>One of the two in that memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="block">A block of the same shape.</param>
    /// <param name="which">0 or 1.</param>
    public static AudioBlock Aside(Span<float> memory, in AudioBlock block, int which)
    {
        int stride = Stride(block.Frames);
        return new AudioBlock(memory[(which * block.Channels * stride)..], block.Channels, stride, block.Frames);
    }

    /// <summary>Takes frames in.</summary>
    public void Fill(in AudioBlock block)
    {
        block.CopyTo(Frames(0, block.Frames));
        (_count, _at) = (block.Frames, 0);
    }

    /// <summary>Gives out what became of them.</summary>
    public void Read(in AudioBlock block) => Frames(0, block.Frames).CopyTo(block);

    /// <summary>Which slot is at work, and where what it was given lies. On the thread that is watched.</summary>
    public void Note(int slot, bool isOdd) => (_slot, _isOdd) = (slot, isOdd);

    /// <summary>What goes on where this one was given up. Allocates, once for each effect at most.</summary>
    public WatchedBlock TakeOver() => new(this);

    private static int Stride(int frames) => (frames + StackMemory.Spare - 1) / StackMemory.Spare * StackMemory.Spare;

    private AudioBlock Piece() => Frames(_at, Math.Min(_setup.MaxFrames, _count - _at));

    // With room on both sides for the slots' canaries.
    private AudioBlock Frames(int start, int count) => _frames.Block(Canary.Frames + start, count);

    private void Do()
    {
        for (AudioBlock piece; _at < _count; _at += piece.Frames)
        {
            piece = Piece();
            if (_goesOnFrom is { } stuck)
                _chain.GoOnWithout(piece, _slot, stuck, _aside, this);
            else
                _chain.ProcessPiece(piece, _aside, this);
            _goesOnFrom = null;
        }
    }
}
