using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>A line all of which is there.</summary>
/// <param name="frames">Its frames.</param>
internal sealed class LineInMemory(AudioBuffer frames) : ILineFrames
{
    public long End => frames.Frames;

    public long Arrived => long.MaxValue;

    public void Read(long frame, AudioBlock block) => frames.Block((int)frame, block.Frames).CopyTo(block);
}
