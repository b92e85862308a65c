using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Plugins;

internal static class Sounds
{
    /// <summary>What a fresh effect with one setting makes of a few samples.</summary>
    public static float[] Through(LoadedEffect loaded, double setting, float[] samples)
    {
        IEffect effect = loaded.Create();
        effect.Prepare(new EffectSetup(
            new AudioFormat(48_000, 1), samples.Length, RenderQuality.Full, 1, loaded.Parameters, [setting]));
        effect.Process(new AudioBlock(samples));
        return samples;
    }
}
