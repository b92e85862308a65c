using System;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Lines;

/// <summary>A line's segments: audio that follows audio through one chain, without a gap. Called by the line's
/// task.</summary>
internal interface ILineSegments
{
    /// <summary>Whether another segment may follow.</summary>
    bool MayGoOn { get; }

    /// <summary>The next segment; null when the line ends here.</summary>
    /// <param name="cancellation">Ends the line.</param>
    ValueTask<SpeechAudio?> NextAsync(CancellationToken cancellation);

    /// <summary>All of the last segment has been handed on, but for the chain's latency and tail.</summary>
    /// <param name="result">The line so far.</param>
    /// <param name="frames">How many frames the segment had.</param>
    /// <param name="failure">What it ended with before its time; null for nothing.</param>
    void Ended(LineResult result, long frames, Exception? failure);

    /// <summary>The tail of the last one has been handed on, too.</summary>
    /// <param name="result">The line.</param>
    void RungOut(LineResult result);
}
