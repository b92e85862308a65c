using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("bit-crush", "Bit crusher", EffectRole.Drive)]

namespace R3X.FxHost.Effects;

/// <summary>
/// The sound of an early sampler: few levels, few samples a second. The plain voice is delayed like the crushed one, so that a
/// blend of both does not comb.
/// </summary>
public sealed class BitCrush : IEffect
{
    // The stopband's edge at 0.55 of the lower rate: what folds lands above 0.45 of it.
    private const double StopEdge = 0.55;

    private static readonly Parameter Bits = new(
        "bits", ParameterUnit.Bits, 2, 16, 8,
        "How finely loudness is measured: 12 bit is a faint rustle, 8 bit an old sampler, 4 bit torn to shreds.");

    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 1000, 48_000, 8000,
        "How often the voice is measured: 8 kHz is a telephone toy, 2 kHz a broken one; above half the line's own rate it does nothing.",
        structural: true);

    private static readonly Parameter Grit = new(
        "grit", ParameterUnit.Percent, 0, 100, 0,
        "Lets tones above what the lower rate can hold fold back as wrong, metallic ones.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 50,
        "How much of the crushed voice replaces the plain one; 0 % leaves the voice alone.")
    {
        Neutral = 0,
    };

    private EffectSetup? _setup;
    private StateVariableFilter[] _filters = [];
    private LowRateSampler[] _samplers = [];
    private AudioBuffer? _wet;
    private AudioBuffer? _other;
    private FixedDelay? _unfiltered;
    private FixedDelay? _dry;
    private SegmentClock _clock;
    private Ramp _bits;
    private Ramp _grit;
    private Ramp _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Bits, Rate, Grit, Mix];

    private bool IsMoving => _bits.IsMoving || _grit.IsMoving || _mix.IsMoving;

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        var format = setup.Format;
        double rate = setup[Rate] / format.SampleRate;
        bool reduces = rate <= 0.5;
        if (!reduces && setup[Rate] < Rate.Maximum)
            setup.Note($"The rate of bit-crush at {setup[Rate]:0} Hz is above half the line's {format.SampleRate} Hz, so only the bits are reduced.");

        _filters = new StateVariableFilter[reduces ? AntiAlias.Sections : 0];
        double filterDelay = 0;
        int ring = 0;
        for (int i = 0; i < _filters.Length; i++)
        {
            var design = AntiAlias.Design(i, StopEdge * rate);
            filterDelay += AntiAlias.DelayFrames(design);
            ring += design.FramesToDecay(90);
            _filters[i] = new StateVariableFilter(format.Channels);
            _filters[i].JumpTo(new StateVariableCoefficients(design));
        }

        _samplers = new LowRateSampler[reduces ? format.Channels : 0];
        for (int i = 0; i < _samplers.Length; i++)
            _samplers[i] = new LowRateSampler(rate);
        int latency = reduces ? (int)Math.Round(filterDelay + LowRateSampler.DelayFrames(rate)) : 0;
        _wet = new AudioBuffer(format.Channels, SegmentClock.Frames);
        _other = new AudioBuffer(1, SegmentClock.Frames);
        _unfiltered = new FixedDelay(format.Channels, (int)Math.Round(filterDelay));
        _dry = new FixedDelay(format.Channels, latency);
        Reset();
        return new EffectTiming(latency, reduces ? ring + (int)Math.Ceiling(1 / rate) + 4 : 0);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Bits)
            _bits.RampTo(value);
        else if (parameter == Grit)
            _grit.RampTo(value / 100);
        else
            _mix.RampTo(value / 100);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            bool moving = IsMoving;
            int frames = _clock.Take(block.Frames - start, moving);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            for (int i = 0; i < frames && moving; i++)
            {
                _bits.Next();
                _grit.Next();
                _mix.Next();
                Crush(segment.Slice(i, 1));
            }

            if (!moving)
                Crush(segment);
            start += frames;
            if (_clock.IsAtEdge)
            {
                foreach (var filter in _filters)
                    filter.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _bits.JumpTo(_setup[Bits]);
        _grit.JumpTo(_setup[Grit] / 100);
        _mix.JumpTo(_setup[Mix] / 100);
        _clock.Reset();
        foreach (var filter in _filters)
            filter.Clear();
        foreach (var sampler in _samplers)
            sampler.Clear();
        _unfiltered?.Clear();
        _dry?.Clear();
    }

    private void Crush(AudioBlock segment)
    {
        if (_wet is null || _other is null || _unfiltered is null || _dry is null)
            return;
        var wet = _wet.Block(segment.Frames);
        var other = _other[0][..segment.Frames];
        segment.CopyTo(wet);
        foreach (var filter in _filters)
            filter.Process(wet);
        var quantiser = new Quantiser(_bits.Value);
        float grit = (float)_grit.Value, mix = (float)_mix.Value;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var samples = segment[channel];
            var crushed = wet[channel];
            if (_samplers.Length > 0)
            {
                _unfiltered.Process(channel, samples, other);
                var sampler = _samplers[channel];
                for (int i = 0; i < samples.Length; i++)
                    crushed[i] = sampler.Process(crushed[i] + (grit * (other[i] - crushed[i])), quantiser);
            }
            else
            {
                foreach (ref float sample in crushed)
                    sample = quantiser.Round(sample);
            }

            _dry.Process(channel, samples, other);

            // In two products, so that both ends of the mix are exact.
            for (int i = 0; i < samples.Length; i++)
                samples[i] = ((1 - mix) * other[i]) + (mix * crushed[i]);
        }
    }
}
