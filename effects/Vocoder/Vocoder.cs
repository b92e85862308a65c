using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

[assembly: Effect(
    "vocoder", "Vocoder", EffectRole.Modulation, LatencyIsMeasurable = false,
    Help = "Lets a machine speak with the voice's words, at a tone of its own.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Imposes the envelope of the voice in each of many bands on a carrier: a buzz of one constant pitch, and noise where
/// the voice hisses (H. Dudley, "The Vocoder", 1939).
/// </summary>
public sealed class Vocoder() : SegmentedEffect(Carrier, Bands, Release, Hiss, Mix)
{
    private static readonly Parameter Carrier = new(
        "carrier", ParameterUnit.Hertz, 40, 400, 92,
        "The pitch the machine speaks at, whatever the voice's own melody: 92 Hz is a battle droid, higher is a small "
        + "robot.");

    private static readonly Parameter Bands = new(
        "bands", ParameterUnit.None, 8, 24, 24,
        "Into how many bands of pitch the voice is taken apart: few sound like a toy, many speak clearly.",
        structural: true);

    private static readonly Parameter Release = new(
        "release", ParameterUnit.Milliseconds, 5, 300, 20,
        "How long each band goes on after the voice has left it: short is crisp, long is smeared and ghostly.",
        structural: true);

    private static readonly Parameter Hiss = new(
        "hiss", ParameterUnit.Percent, 0, 100, 100,
        "How much the machine hisses where the voice does, as in s and f: without it such sounds buzz and words blur.");

    private static readonly Parameter Mix = new(
        "mix", ParameterUnit.Percent, 0, 100, 100,
        "How much of the machine is heard in place of the plain voice; 0 % leaves the voice alone.")
    {
        Neutral = 0,
    };

    private BandPlan _plan = null!;
    private BandBank _carrierBands = null!;
    private BandBank[] _voiceBands = [];
    private EnvelopeBank[] _envelopes = [];
    private float[][] _levels = [];
    private float[] _loudest = [];
    private float[] _buzz = [];
    private float[] _weights = [];
    private CarrierSource _source = null!;
    private HissDetector _detector = null!;
    private Ramp _hiss;
    private Ramp _mix;

    protected override void Allocate(EffectSetup setup)
    {
        var format = setup.Format;
        _plan = new BandPlan(format.SampleRate, (int)Math.Round(setup[Bands]));
        _carrierBands = new BandBank(_plan);
        _voiceBands = new BandBank[format.Channels];
        _envelopes = new EnvelopeBank[format.Channels];
        _levels = new float[format.Channels][];
        _loudest = new float[_plan.Stride];
        _buzz = new float[SegmentFrames * _plan.Stride];
        _weights = new float[_plan.Stride];
        for (int i = 0; i < _plan.Count; i++)
            _weights[i] = (float)(1 / Math.Sqrt(_plan.NoiseWidth(i)));
        for (int i = 0; i < format.Channels; i++)
        {
            _voiceBands[i] = new BandBank(_plan);
            _envelopes[i] = new EnvelopeBank(_plan, format.SampleRate, setup[Release]);
            _levels[i] = new float[SegmentFrames * _plan.Stride];
        }

        _source = new CarrierSource(format.SampleRate, setup.Seed);
        _detector = new HissDetector(_plan, format.SampleRate);
    }

    protected override EffectTiming Describe(EffectSetup setup)
    {
        int asked = (int)Math.Round(this[Bands]);
        if (_plan.Count < asked)
        {
            setup.Note(
                $"Of the {asked} bands of vocoder {asked - _plan.Count} lie above what a sample rate of "
                + $"{Format.SampleRate} Hz carries, so they are off.");
        }

        int ring = EnvelopeBank.TailFrames(Format.SampleRate, this[Release]) + _plan.RingFrames;
        return new EffectTiming(0, this[Mix] > 0 ? ring : 0);
    }

    protected override void Clear()
    {
        _source.Clear();
        _detector.Clear();
        _carrierBands.Clear();
        for (int i = 0; i < _voiceBands.Length; i++)
        {
            _voiceBands[i].Clear();
            _envelopes[i].Clear();
        }
    }

    protected override void ApplySettings(bool atOnce)
    {
        _hiss.MoveTo(this[Hiss] / 100, atOnce);
        _mix.MoveTo(this[Mix] / 100, atOnce);
        _source.MoveTo(this[Carrier], atOnce);
    }

    protected override void ProcessSegment(AudioBlock segment)
    {
        Analyze(segment, _plan.Stride);
        MakeCarrier(segment.Frames, _plan.Stride);
        Synthesize(segment, _plan.Stride);
    }

    protected override void Flush()
    {
        for (int i = 0; i < _voiceBands.Length; i++)
        {
            _voiceBands[i].Flush();
            _envelopes[i].Flush();
        }

        _detector.Flush();
    }

    private void Analyze(AudioBlock segment, int stride)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var levels = _levels[channel].AsSpan(0, segment.Frames * stride);
            _voiceBands[channel].Process(segment[channel], levels);
            _envelopes[channel].Follow(levels);
        }
    }

    private void MakeCarrier(int frames, int stride)
    {
        Span<float> carrier = stackalloc float[SegmentFrames];
        Span<float> loudest = _loudest;
        for (int n = 0; n < frames; n++)
        {
            float hiss = (float)_hiss.Next();
            ReadOnlySpan<float> levels = _levels[0].AsSpan(n * stride, stride);
            if (_levels.Length > 1)
            {
                levels.CopyTo(loudest);
                for (int channel = 1; channel < _levels.Length; channel++)
                {
                    var other = _levels[channel].AsSpan(n * stride, stride);
                    for (int i = 0; i < other.Length; i++)
                        loudest[i] = Math.Max(loudest[i], other[i]);
                }

                levels = loudest;
            }

            carrier[n] = _source.Next(hiss * _detector.Next(levels));
        }

        _carrierBands.Process(carrier[..frames], _buzz.AsSpan(0, frames * stride));
    }

    [MethodImpl(Kernel.Strength)]
    private void Synthesize(AudioBlock segment, int stride)
    {
        var start = _mix;
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            // Every channel walks the same ramp.
            _mix = start;
            var samples = segment[channel];
            float[] levels = _levels[channel];
            for (int n = 0, at = 0; n < samples.Length; n++, at += stride)
            {
                var sum = Vector<float>.Zero;
                for (int lane = 0; lane < stride; lane += Vector<float>.Count)
                    sum += new Vector<float>(levels, at + lane) * new Vector<float>(_buzz, at + lane)
                        * new Vector<float>(_weights, lane);
                samples[n] += (float)_mix.Next() * (Vector.Sum(sum) - samples[n]);
            }
        }
    }
}
