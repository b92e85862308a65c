using System.Collections.Generic;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Is as late as its look-ahead says, and declares what the default would be.</summary>
[Breaks(typeof(StructuralSettingsHold))]
internal sealed class ForgetsItsLookAhead : HealthyEffect
{
    private static readonly Parameter LookAhead = new(
        "look-ahead", ParameterUnit.Milliseconds, 1, 5, 2, "The further it looks ahead the later the sound is.",
        structural: true);
    private static readonly IReadOnlyList<Parameter> Settings = [Level, LookAhead];
    private FixedDelay? _ahead;
    private AudioBuffer? _input;

    public override IReadOnlyList<Parameter> Parameters => Settings;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _ahead = new FixedDelay(setup.Format.Channels, setup.Format.Frames(setup[LookAhead]));
        _input = new AudioBuffer(1, setup.MaxFrames);
        return base.Prepare(setup) with
        {
            LatencyFrames = Latency + setup.Format.Frames(LookAhead.Default),
            TailFrames = setup.Format.Frames(LookAhead.Maximum),
        };
    }

    public override void Process(AudioBlock block)
    {
        base.Process(block);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            block[channel].CopyTo(_input![0]);
            _ahead!.Process(channel, _input[0][..block.Frames], block[channel]);
        }
    }

    public override void Reset()
    {
        base.Reset();
        _ahead?.Clear();
    }
}
