using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Conformance.Checks;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Has an echo at -40 dB and no word of it.</summary>
[Breaks(typeof(TailEndsWhereDeclared))]
internal sealed class RingsOn : HealthyEffect
{
    private const int Distance = 500;
    private FixedDelay? _echo;
    private AudioBuffer? _late;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _echo = new FixedDelay(setup.Format.Channels, Distance);
        _late = new AudioBuffer(1, setup.MaxFrames);
        return base.Prepare(setup);
    }

    public override void Process(AudioBlock block)
    {
        base.Process(block);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            var samples = block[channel];
            _echo!.Process(channel, samples, _late![0]);
            for (int i = 0; i < samples.Length; i++)
                samples[i] += 0.01f * _late[0][i];
        }
    }

    public override void Reset()
    {
        base.Reset();
        _echo?.Clear();
    }
}
