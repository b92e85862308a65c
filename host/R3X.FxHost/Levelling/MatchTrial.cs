using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A line that goes on from the match point in earnest, with a gain that is most often the right one: what leaves is measured on its way,
/// and only a line that did not land has to go that way again. One thread at a time.
/// </summary>
internal sealed class MatchTrial
{
    private readonly Chain _chain;
    private readonly GainSearch _search;
    private readonly LoudnessMeter _leaving;

    /// <param name="chain">The line's, as far as the match point.</param>
    /// <param name="search">Names the gains.</param>
    public MatchTrial(Chain chain, GainSearch search)
    {
        _chain = chain;
        _search = search;
        _leaving = new LoudnessMeter(chain.Format, withRange: false);
        _chain.TryFromMatch(search.Gain);
    }

    /// <summary>Measures what leaves the chain.</summary>
    /// <param name="block">All of it, in order.</param>
    public void Hear(AudioBlock block) => _leaving.Process(block);

    /// <summary>Asks of a line that has left whole whether it landed.</summary>
    /// <returns>False when it is to go on from the match point once more; the chain is ready for that.</returns>
    public bool Lands()
    {
        if (_search.Lands(_leaving.LoudBlocks > 0 ? _leaving.Integrated : null))
        {
            _chain.Land();
            return true;
        }

        _leaving.Reset();
        _chain.TryFromMatch(_search.Gain);
        return false;
    }
}
