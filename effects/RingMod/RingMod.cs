using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "ring-mod", "Ring modulator", EffectRole.Modulation,
    Help = "Multiplies the voice with a tone: the classic robot.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// The voice multiplied by a tone: every pitch in it becomes two, the tone's frequency above and below, and the tone
/// itself is not heard. The sound of film robots since 1963.
/// </summary>
public sealed class RingMod() : SegmentedEffect(Frequency, Mix)
{
    private static readonly Parameter Frequency = new(
        "frequency", ParameterUnit.Hertz, 1, 5000, 50,
        "The tone the voice is multiplied by: 1 to 20 Hz flutters, 30 to 100 Hz growls like a robot, more turns "
        + "speech into bells.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 25,
        "How much of the robot replaces the plain voice: words stay clear below 30 % and at 100 %; 0 % "
        + "changes nothing.")
    {
        Neutral = 0,
    };

    private AmplitudeModulation _modulation = null!;

    protected override void Allocate(EffectSetup setup) =>
        _modulation = new AmplitudeModulation(setup.Format.SampleRate);

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (!Format.Carries(this[Frequency]))
            setup.NoteTooHigh("frequency of ring-mod", this[Frequency], "it changes nothing");
        return EffectTiming.Immediate;
    }

    protected override void Clear() => _modulation.Clear();

    protected override void ApplySettings(bool atOnce) => _modulation.MoveTo(this[Frequency], this[Mix] / 100, atOnce);

    protected override void ProcessSegment(AudioBlock segment) => _modulation.Process(segment);
}
