using R3X.FxHost.Sdk;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>A hundredth of each channel is heard in the next.</summary>
[Breaks(typeof(ChannelsAreApart))]
internal sealed class LeaksChannels : HealthyEffect
{
    public override void Process(AudioBlock block)
    {
        base.Process(block);
        for (int channel = block.Channels - 1; channel > 0; channel--)
        {
            for (int i = 0; i < block.Frames; i++)
                block[channel][i] += 0.01f * block[channel - 1][i];
        }
    }
}
