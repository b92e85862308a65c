using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "room", "Room", EffectRole.Space,
    Help = "Puts the voice into a room, from a cupboard to a hall.")]

namespace R3X.FxHost.Effects;

/// <summary>A reverb: a feedback delay network behind diffusion, from a cockpit to a hangar.</summary>
public sealed class Room() : SegmentedEffect(Size, Decay, Damping, PreDelay, Width, Mix)
{
    private static readonly Parameter Size = new(
        "size", ParameterUnit.Percent, 0, 100, 35,
        "How large the room is: 0 % is a cupboard, 35 % a cabin, 100 % a hall.",
        structural: true);

    private static readonly Parameter Decay = new(
        "decay", ParameterUnit.Milliseconds, 100, 4000, 450,
        "How long the room rings before it has fallen by 60 dB, which is as good as silent.",
        structural: true);

    private static readonly Parameter Damping = new(
        "damping", ParameterUnit.Hertz, 500, 20_000, 3800,
        "At this pitch the room rings only half as long: low is carpets and curtains, 20 kHz is bare metal.");

    private static readonly Parameter PreDelay = new(
        "pre-delay", ParameterUnit.Milliseconds, 0, 100, 5,
        "How long the room waits before it answers: more keeps the voice clear and moves the walls away.",
        structural: true);

    private static readonly Parameter Width = new(
        "width", ParameterUnit.Percent, 0, 100, 100,
        "How differently the loudspeakers sound: 0 % puts the room into the middle, 100 % around you; one loudspeaker "
        + "has none.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 15,
        "How much of the room is heard in place of the plain voice: 0 % is the voice alone, 100 % the room alone.")
    {
        Neutral = 0,
    };

    private readonly Ramp[] _keep = new Ramp[RoomDesign.Lines];
    private RoomDesign _design = null!;
    private RoomChannel[] _channels = [];
    private AudioBuffer _middle = null!;
    private Ramp _spread;
    private Ramp _common;
    private Ramp _own;
    private Ramp _mix;

    private bool IsMoving => _spread.IsMoving || _mix.IsMoving || _keep[0].IsMoving;

    // As a fraction of the sample rate; 0 is off.
    private double DampingFrequency =>
        this[Damping] >= Damping.Maximum || !Format.Carries(this[Damping]) ? 0 : this[Damping] / Format.SampleRate;

    protected override void Allocate(EffectSetup setup)
    {
        _design = new RoomDesign(setup.Format, setup[Size] / 100, setup[Decay], setup[PreDelay]);
        _channels = new RoomChannel[setup.Format.Channels];
        for (int i = 0; i < _channels.Length; i++)
            _channels[i] = new RoomChannel(_design, i);
        _middle = new AudioBuffer(1, SegmentFrames);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (this[Damping] < Damping.Maximum && DampingFrequency == 0)
            setup.NoteTooHigh("damping of room", this[Damping], "it is off");
        return new EffectTiming(0, _design.TailFrames(this[Mix] / 100));
    }

    protected override void Clear()
    {
        foreach (var channel in _channels)
            channel.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        double frequency = DampingFrequency;
        for (int i = 0; i < _keep.Length && HasChanged(Damping); i++)
            _keep[i].MoveTo(_design.Keep(i, frequency), atOnce);
        _spread.MoveTo(this[Width] / 100, atOnce);
        _common.MoveTo(Math.Cos(Math.PI / 2 * this[Width] / 100), atOnce);
        _own.MoveTo(Math.Sin(Math.PI / 2 * this[Width] / 100), atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        if (IsMoving)
            Move(segment);
        else
            Run(segment);
    }

    protected override void Flush()
    {
        foreach (var channel in _channels)
            channel.Flush();
    }

    private void Move(AudioBlock segment)
    {
        for (int i = 0; i < segment.Frames; i++)
        {
            _spread.Next();
            _common.Next();
            _own.Next();
            _mix.Next();
            foreach (ref var keep in _keep.AsSpan())
                keep.Next();
            Run(segment.Slice(i, 1));
        }
    }

    private void Run(AudioBlock segment)
    {
        Span<float> keep = stackalloc float[RoomDesign.Lines];
        for (int i = 0; i < keep.Length; i++)
            keep[i] = (float)_keep[i].Value;
        var settings = new RoomSettings((float)(_spread.Value / 2), (float)_common.Value, (float)_own.Value,
            (float)_mix.Value, keep);
        var middle = _middle[0][..segment.Frames];
        segment[0].CopyTo(middle);
        for (int channel = 1; channel < segment.Channels; channel++)
        {
            var samples = segment[channel];
            for (int i = 0; i < middle.Length; i++)
                middle[i] += samples[i];
        }

        float share = 1f / segment.Channels;
        for (int i = 0; i < middle.Length; i++)
            middle[i] *= share;
        for (int channel = 0; channel < segment.Channels; channel++)
            _channels[channel].Process(segment[channel], middle, settings);
    }
}
