using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>A chain made ready for a line.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Arrived">What of the line is already in it: the chain goes on from there, with these frames in place of the line's. Null when it is at the line's first frame.</param>
/// <param name="Trial">What hears the line leave and may want it once more from <paramref name="Arrived"/> on; null when it leaves as it is.</param>
internal sealed record LineStart(Chain Chain, ArrivedLine? Arrived, MatchTrial? Trial = null) : IDisposable
{
    /// <summary>Reads what of the line goes into the chain next.</summary>
    /// <param name="held">The line as it was held; null when what arrived is all that is still there.</param>
    /// <param name="frame">The first frame, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the line's end.</returns>
    public int ReadLine(HeldLine? held, long frame, AudioBlock block)
    {
        if (Arrived is null)
            return held!.Read(frame, block);
        int frames = (int)Math.Min(block.Frames, Arrived.LineFrames - frame);
        return frames > 0 ? Arrived.Read(frame, block.Slice(0, frames)) : 0;
    }

    public void Dispose() => Arrived?.Dispose();
}
