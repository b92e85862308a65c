using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "gain", "Gain", EffectRole.Tone,
    Help = "Makes everything louder or softer.")]

namespace R3X.FxHost.Effects;

/// <summary>Louder or quieter, nothing else.</summary>
public sealed class Gain() : SegmentedEffect(Level)
{
    private static readonly Parameter Level = new(
        "level", ParameterUnit.Decibels, -60, 24, 0,
        "Turns the whole voice up or down: 6 dB is twice the amplitude, 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private Ramp _gain;

    protected override void ApplySettings(bool atOnce) => _gain.MoveTo(Decibels.ToGain(this[Level]), atOnce);

    protected override void ProcessSegment(AudioBlock segment) => Amplitude.Scale(segment, ref _gain);
}
