using System;
using NWaves.Effects;
using R3X.FxHost.Sdk;

[assembly: Effect("robot", "Robot (NWaves)", EffectRole.Modulation, LatencyIsMeasurable = false)]

namespace R3X.FxHost.Packs;

/// <summary>NWaves' robot: the phases of short stretches are set to zero, so that every one of them speaks at one
/// pitch.</summary>
public sealed class Robot() : MixedEffect(Mix, Pitch)
{
    // Seconds of a stretch at most; a power of two of frames that is no longer.
    private const double Stretch = 0.03;

    private static readonly Parameter Mix = MixSetting(
        100, "How much of the robot is heard: 0 % is the speaker's own voice, 100 % the robot alone.");

    private static readonly Parameter Pitch = new(
        "pitch", ParameterUnit.Hertz, 80, 300, 120, "The one note on which the robot speaks.", structural: true);

    private RobotEffect[] _robots = [];

    protected override EffectTiming Make(EffectSetup setup)
    {
        int size = 1;
        while (2 * size <= Stretch * setup.Format.SampleRate)
            size *= 2;
        int hop = Math.Min(size - 1, (int)Math.Round(setup.Format.SampleRate / setup[Pitch]));
        _robots = new RobotEffect[setup.Format.Channels];
        for (int channel = 0; channel < _robots.Length; channel++)
            _robots[channel] = new RobotEffect(hop, size);
        // A stretch is heard from its beginning on when it is whole; a sound's last one begins with its end.
        return new EffectTiming(size - 1, size);
    }

    protected override void ClearLibrary()
    {
        foreach (RobotEffect robot in _robots)
            robot.Reset();
    }

    protected override void Process(int channel, Span<float> samples)
    {
        RobotEffect robot = _robots[channel];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = robot.Process(samples[i]);
    }
}
