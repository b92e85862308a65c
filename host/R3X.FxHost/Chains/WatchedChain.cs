using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

/// <summary>
/// Has a chain's blocks processed on a thread that is watched. An effect that does not return loses its slot; the line
/// goes on without it within 100 ms, from the very block it was given. One thread at a time.
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

    private void Begin(WatchedBlock block)
    {
        chain.Share.Work = block.Work;
        block.Work.Start();
    }
}
