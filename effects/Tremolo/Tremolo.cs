using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "tremolo", "Tremolo", EffectRole.Modulation,
    Help = "Makes the voice swell and fade many times a second.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Loudness that swings as a sine: a shiver when slow, a battle droid's rasp at 120 Hz. It starts at full loudness.
/// </summary>
public sealed class Tremolo() : SegmentedEffect(Rate, Depth)
{
    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 0.1, 150, 6,
        "How many times a second the voice swells: 4 to 8 Hz trembles, above 30 Hz it is heard as a rough buzz.");

    private static readonly Parameter Depth = new(
        "depth", ParameterUnit.Percent, 0, 100, 40,
        "How far the voice sinks between two swells: 100 % down to silence, 0 % changes nothing.")
    {
        Neutral = 0,
    };

    private AmplitudeModulation _modulation = null!;

    protected override void Allocate(EffectSetup setup) =>
        _modulation = new AmplitudeModulation(setup.Format.SampleRate);

    protected override void Clear() => _modulation.Clear();

    // A cosine that goes down to -1 takes the factor down to 1 - 2 * amount.
    protected override void ApplySettings(bool atOnce) => _modulation.MoveTo(this[Rate], this[Depth] / 200, atOnce);

    protected override void ProcessSegment(AudioBlock segment) => _modulation.Process(segment);
}
