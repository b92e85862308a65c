using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "bit-crush", "Bit crusher", EffectRole.Drive,
    Help = "Measures the voice too coarsely, as early samplers and cheap toys do.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// The sound of an early sampler: few levels, few samples a second. The dry signal is delayed like the wet one, so that
/// a mix of both does not comb.
/// </summary>
public sealed class BitCrush() : SegmentedEffect(Bits, Rate, Grit, Mix)
{
    // The stopband's edge at 0.55 of the lower rate: what folds lands above 0.45 of it.
    private const double StopEdge = 0.55;

    private static readonly Parameter Bits = new(
        "bits", ParameterUnit.Bits, 2, 16, 8,
        "How finely loudness is measured: 12 bit is a faint rustle, 8 bit an old sampler, 4 bit torn to shreds.");

    private static readonly Parameter Rate = new(
        "rate", ParameterUnit.Hertz, 1000, 48_000, 8000,
        "How often the voice is measured: 8 kHz is a telephone toy, 2 kHz a broken one; above half the line's own "
        + "rate it does nothing.",
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

    private StateVariableFilter[] _filters = [];
    private LowRateSampler[] _samplers = [];
    private AudioBuffer _wet = null!;
    private AudioBuffer _other = null!;
    private FixedDelay _unfiltered = null!;
    private FixedDelay _dry = null!;
    private EffectTiming _timing;
    private Ramp _bits;
    private Ramp _grit;
    private Ramp _mix;

    private bool IsMoving => _bits.IsMoving || _grit.IsMoving || _mix.IsMoving;

    protected override void Allocate(EffectSetup setup)
    {
        int channels = setup.Format.Channels;
        double rate = setup[Rate] / setup.Format.SampleRate;
        bool reduces = rate <= 0.5;
        _filters = new StateVariableFilter[reduces ? AntiAlias.Sections : 0];
        double filterDelay = 0;
        int ring = 0;
        for (int i = 0; i < _filters.Length; i++)
        {
            var design = AntiAlias.Design(i, StopEdge * rate);
            filterDelay += AntiAlias.DelayFrames(design);
            ring += design.FramesToDecay(90);
            _filters[i] = new StateVariableFilter(channels);
            _filters[i].JumpTo(new StateVariableCoefficients(design));
        }

        _samplers = new LowRateSampler[reduces ? channels : 0];
        for (int i = 0; i < _samplers.Length; i++)
            _samplers[i] = new LowRateSampler(rate);
        int latency = reduces ? (int)Math.Round(filterDelay + LowRateSampler.DelayFrames(rate)) : 0;
        _timing = new EffectTiming(latency, reduces ? ring + (int)Math.Ceiling(1 / rate) + 4 : 0);
        _wet = new AudioBuffer(channels, SegmentFrames);
        _other = new AudioBuffer(1, SegmentFrames);
        _unfiltered = new FixedDelay(channels, (int)Math.Round(filterDelay));
        _dry = new FixedDelay(channels, latency);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        if (_samplers.Length == 0 && this[Rate] < Rate.Maximum)
        {
            setup.Note(
                $"The rate of bit-crush at {this[Rate]:0} Hz is above half the line's {Format.SampleRate} Hz, "
                + "so only the bits are reduced.");
        }

        return _timing;
    }

    protected override void Clear()
    {
        foreach (var filter in _filters)
            filter.Clear();
        foreach (var sampler in _samplers)
            sampler.Clear();
        _unfiltered.Clear();
        _dry.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _bits.MoveTo(this[Bits], atOnce);
        _grit.MoveTo(this[Grit] / 100, atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        if (!IsMoving)
        {
            Crush(segment);
            return;
        }

        for (int i = 0; i < segment.Frames; i++)
        {
            _bits.Next();
            _grit.Next();
            _mix.Next();
            Crush(segment.Slice(i, 1));
        }
    }

    protected override void Flush()
    {
        foreach (var filter in _filters)
            filter.Flush();
    }

    private void Crush(AudioBlock segment)
    {
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
