using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("room", "Room", EffectRole.Space)]

namespace R3X.FxHost.Effects;

/// <summary>Puts the voice into a room, from a cockpit to a hangar.</summary>
public sealed class Room : IEffect
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
        "How differently the loudspeakers sound: 0 % puts the room into the middle, 100 % around you; one loudspeaker has none.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 15,
        "How much of the room is heard in place of the plain voice: 0 % is the voice alone, 100 % the room alone.")
    {
        Neutral = 0,
    };

    private readonly Ramp[] _keep = new Ramp[RoomDesign.Lines];
    private EffectSetup? _setup;
    private AudioFormat _format;
    private RoomDesign? _design;
    private RoomChannel[] _channels = [];
    private AudioBuffer? _middle;
    private SegmentClock _clock;
    private Ramp _spread;
    private Ramp _common;
    private Ramp _own;
    private Ramp _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Size, Decay, Damping, PreDelay, Width, Mix];

    private bool IsMoving => _spread.IsMoving || _mix.IsMoving || _keep[0].IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        _format = setup.Format;
        _design = new RoomDesign(_format, setup[Size] / 100, setup[Decay], setup[PreDelay]);
        _channels = new RoomChannel[_format.Channels];
        for (int i = 0; i < _channels.Length; i++)
            _channels[i] = new RoomChannel(_design, i);
        _middle = new AudioBuffer(1, SegmentClock.Frames);
        Reset();
        if (setup[Damping] < Damping.Maximum && DampingShare(setup[Damping]) == 0)
            setup.Note($"The damping of room at {setup[Damping]:0} Hz is above what a sample rate of {_format.SampleRate} Hz carries, so it is off.");
        return new EffectTiming(0, _design.TailFrames(setup[Mix] / 100));
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Mix)
        {
            _mix.RampTo(value / 100);
        }
        else if (parameter == Width)
        {
            _spread.RampTo(value / 100);
            _common.RampTo(Math.Cos(Math.PI / 2 * value / 100));
            _own.RampTo(Math.Sin(Math.PI / 2 * value / 100));
        }
        else
        {
            double share = DampingShare(value);
            for (int i = 0; i < _keep.Length; i++)
                _keep[i].RampTo(_design?.Keep(i, share) ?? 0);
        }
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_middle is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            bool moving = IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            if (moving)
                Move(segment, _middle);
            else
                Run(segment, _middle);
            start += frames;
            if (_clock.IsAtEdge)
            {
                foreach (var channel in _channels)
                    channel.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null || _design is null)
            return;
        double share = DampingShare(_setup[Damping]);
        for (int i = 0; i < _keep.Length; i++)
            _keep[i].JumpTo(_design.Keep(i, share));
        _spread.JumpTo(_setup[Width] / 100);
        _common.JumpTo(Math.Cos(Math.PI / 2 * _setup[Width] / 100));
        _own.JumpTo(Math.Sin(Math.PI / 2 * _setup[Width] / 100));
        _mix.JumpTo(_setup[Mix] / 100);
        _clock.Reset();
        foreach (var channel in _channels)
            channel.Clear();
    }

    // As a fraction of the sample rate; 0 is off.
    private double DampingShare(double damping) =>
        damping >= Damping.Maximum || damping > MatchedFilters.HighestFrequency * _format.SampleRate ? 0 : damping / _format.SampleRate;

    private void Move(AudioBlock segment, AudioBuffer middle)
    {
        for (int i = 0; i < segment.Frames; i++)
        {
            _spread.Next();
            _common.Next();
            _own.Next();
            _mix.Next();
            foreach (ref var keep in _keep.AsSpan())
                keep.Next();
            Run(segment.Slice(i, 1), middle);
        }
    }

    private void Run(AudioBlock segment, AudioBuffer buffer)
    {
        Span<float> keep = stackalloc float[RoomDesign.Lines];
        for (int i = 0; i < keep.Length; i++)
            keep[i] = (float)_keep[i].Value;
        var settings = new RoomSettings((float)(_spread.Value / 2), (float)_common.Value, (float)_own.Value, (float)_mix.Value, keep);
        var middle = buffer[0][..segment.Frames];
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
