using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

/// <summary>Makes everything 6 dB quieter, so that it is heard which plugin sounds.</summary>
public abstract class Halves : PassThrough
{
    public override void Process(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            for (int frame = 0; frame < block.Frames; frame++)
                block[channel][frame] *= 0.5f;
        }
    }
}
