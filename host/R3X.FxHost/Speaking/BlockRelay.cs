using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Takes blocks from the thread that begins them to one that finishes them, in order and in fixed memory, so that a long line has two
/// cores. Blocks go over in batches: for one alone, waking the other thread would cost as much as it saves.
/// </summary>
internal sealed class BlockRelay : IDisposable
{
    private const int Batches = 4;
    private const int BatchBlocks = 16;

    private readonly Batch[] _batches = new Batch[Batches];
    private readonly SemaphoreSlim _free = new(Batches - 1);
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Action<AudioBuffer, BegunBlock> _finish;
    private readonly Task _finisher;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isAbandoned;
    private int _writing;

    /// <summary>Starts the other thread.</summary>
    /// <param name="channels">Channels of a block.</param>
    /// <param name="frames">Frames of a block, at most.</param>
    /// <param name="finish">Finishes a block; called on the other thread, one block at a time.</param>
    public BlockRelay(int channels, int frames, Action<AudioBuffer, BegunBlock> finish)
    {
        for (int i = 0; i < Batches; i++)
            _batches[i] = new Batch(channels, frames);
        _finish = finish;
        _finisher = Task.Run(Finish);
    }

    /// <summary>The block to be begun next.</summary>
    public AudioBuffer Block => _batches[_writing].Blocks[_batches[_writing].Count];

    /// <summary>Hands <see cref="Block"/> over. Waits while the other thread is far behind.</summary>
    /// <exception cref="Exception">What finishing an earlier block threw.</exception>
    public void Hand(BegunBlock begun, CancellationToken cancellation)
    {
        Batch batch = _batches[_writing];
        batch.Begun[batch.Count++] = begun;
        if (batch.Count == BatchBlocks)
            HandBatch(cancellation);
    }

    /// <summary>Waits until everything that was handed over is finished; nothing more may be handed over then.</summary>
    /// <exception cref="Exception">What finishing a block threw.</exception>
    public void Complete(CancellationToken cancellation)
    {
        if (_batches[_writing].Count > 0)
            HandBatch(cancellation);
        // An empty batch is the end.
        _ready.Release();
        _finisher.Wait(cancellation);
        _failure?.Throw();
    }

    /// <summary>Ends the other thread after the block it is at.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        _ready.Release();
        _finisher.Wait();
        _finisher.Dispose();
        _free.Dispose();
        _ready.Dispose();
    }

    private void HandBatch(CancellationToken cancellation)
    {
        _ready.Release();
        _writing = (_writing + 1) % Batches;
        _free.Wait(cancellation);
        _batches[_writing].Count = 0;
        _failure?.Throw();
    }

    private void Finish()
    {
        for (int reading = 0; ; reading = (reading + 1) % Batches)
        {
            _ready.Wait();
            Batch batch = _batches[reading];
            if (batch.Count == 0)
                return;
            try
            {
                for (int i = 0; i < batch.Count && _failure is null; i++)
                {
                    if (_isAbandoned)
                        return;
                    _finish(batch.Blocks[i], batch.Begun[i]);
                }
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _free.Release();
        }
    }

    /// <summary>What is known of a block that was begun.</summary>
    /// <param name="Frames">Its frames.</param>
    /// <param name="Peak">Its peak so far.</param>
    /// <param name="Arrived">When its bytes arrived, as Stopwatch counts.</param>
    /// <param name="FirstFrame">The place of its first frame in the line.</param>
    public readonly record struct BegunBlock(int Frames, float Peak, long Arrived, long FirstFrame);

    private sealed class Batch
    {
        public Batch(int channels, int frames)
        {
            for (int i = 0; i < BatchBlocks; i++)
                Blocks[i] = new AudioBuffer(channels, frames);
        }

        public AudioBuffer[] Blocks { get; } = new AudioBuffer[BatchBlocks];

        public BegunBlock[] Begun { get; } = new BegunBlock[BatchBlocks];

        public int Count { get; set; }
    }
}
