using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

/// <summary>
/// Has a chain's blocks processed where it is watched: on another thread, or on the pool. An effect that does not
/// return loses its slot; the line goes on without it within 50 ms, from the very block it was given. One thread at a
/// time.
/// </summary>
/// <param name="chain">The chain.</param>
/// <param name="setup">Its setup.</param>
internal sealed class WatchedChain(Chain chain, ChainSetup setup)
{
    private WatchedBlock? _block;

    /// <summary>Begins a block.</summary>
    public void Start(in AudioBlock block)
    {
        _block ??= new WatchedBlock(chain, setup);
        _block.Fill(block);
        Begin(_block);
    }

    /// <summary>Waits for its end.</summary>
    public void Finish(in AudioBlock block)
    {
        while (!_block!.Work.Wait(Watchdog.Processing, setup.Clock))
        {
            _block = _block.TakeOver();
            Begin(_block);
        }

        _block.Read(block);
    }

    /// <summary>Processes frames in place, on the thread pool.</summary>
    /// <param name="buffer">Where they are.</param>
    /// <param name="frames">How many, from its first on.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ProcessAsync(AudioBuffer buffer, int frames)
    {
        _block ??= new WatchedBlock(chain, setup);
        _block.Fill(buffer.Block(frames));
        chain.Share.Work = _block.Work;
        while (!await _block.Work.DoAsync())
        {
            _block = _block.TakeOver();
            chain.Share.Work = _block.Work;
        }

        _block.Read(buffer.Block(frames));
    }

    private void Begin(WatchedBlock block)
    {
        chain.Share.Work = block.Work;
        block.Work.Start();
    }
}
