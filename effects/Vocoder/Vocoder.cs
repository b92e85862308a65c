using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect("vocoder", "Vocoder", EffectRole.Modulation, LatencyIsMeasurable = false)]

namespace R3X.FxHost.Effects;

/// <summary>
/// Speaks with a machine's throat: the loudness of the voice in each of many bands of pitch is given to a buzz of one constant
/// pitch, and to hiss where the voice hisses (H. Dudley, "The Vocoder", 1939).
/// </summary>
public sealed class Vocoder : IEffect
{
    private static readonly Parameter Carrier = new(
        "carrier", ParameterUnit.Hertz, 40, 400, 92,
        "The pitch the machine speaks at, whatever the voice's own melody: 92 Hz is a battle droid, higher is a small robot.");

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

    private EffectSetup? _setup;
    private BandPlan? _plan;
    private BandBank? _carrierBands;
    private BandBank[] _voiceBands = [];
    private EnvelopeBank[] _envelopes = [];
    private float[][] _levels = [];
    private float[] _loudest = [];
    private float[] _buzz = [];
    private float[] _weights = [];
    private ThroatSource? _source;
    private HissDetector? _detector;
    private SegmentClock _clock;
    private Ramp _hiss;
    private Ramp _mix;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [Carrier, Bands, Release, Hiss, Mix];

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        var format = setup.Format;
        int asked = (int)Math.Round(setup[Bands]);
        _plan = new BandPlan(format.SampleRate, asked);
        _carrierBands = new BandBank(_plan);
        _voiceBands = new BandBank[format.Channels];
        _envelopes = new EnvelopeBank[format.Channels];
        _levels = new float[format.Channels][];
        _loudest = new float[_plan.Stride];
        _buzz = new float[SegmentClock.Frames * _plan.Stride];
        _weights = new float[_plan.Stride];
        for (int i = 0; i < _plan.Count; i++)
            _weights[i] = (float)(1 / Math.Sqrt(_plan.NoiseWidth(i)));
        for (int i = 0; i < format.Channels; i++)
        {
            _voiceBands[i] = new BandBank(_plan);
            _envelopes[i] = new EnvelopeBank(_plan, format.SampleRate, setup[Release]);
            _levels[i] = new float[SegmentClock.Frames * _plan.Stride];
        }

        _source = new ThroatSource(format.SampleRate, setup.Seed);
        _detector = new HissDetector(_plan, format.SampleRate);
        Reset();
        if (_plan.Count < asked)
        {
            setup.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Of the {asked} bands of vocoder {asked - _plan.Count} lie above what a sample rate of {format.SampleRate} Hz carries, so they are off."));
        }

        return new EffectTiming(0, setup[Mix] > 0 ? EnvelopeBank.TailFrames(format.SampleRate, setup[Release]) + _plan.RingFrames : 0);
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        if (parameter == Carrier)
            _source?.RampTo(value);
        else if (parameter == Hiss)
            _hiss.RampTo(value / 100);
        else
            _mix.RampTo(value / 100);
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        if (_carrierBands is null || _source is null || _detector is null || _plan is null)
            return;
        for (int start = 0; start < block.Frames;)
        {
            int frames = _clock.Take(block.Frames - start, moving: false);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
                FiniteSamples.Clean(segment[channel]);
            Listen(segment, _plan.Stride);
            Sound(frames, _plan.Stride, _carrierBands, _source, _detector);
            Speak(segment, _plan.Stride);
            start += frames;
            if (_clock.IsAtEdge)
                Flush();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_setup is null)
            return;
        _hiss.JumpTo(_setup[Hiss] / 100);
        _mix.JumpTo(_setup[Mix] / 100);
        _source?.Reset(_setup[Carrier]);
        _detector?.Clear();
        _carrierBands?.Clear();
        for (int i = 0; i < _voiceBands.Length; i++)
        {
            _voiceBands[i].Clear();
            _envelopes[i].Clear();
        }

        _clock.Reset();
    }

    private void Listen(AudioBlock segment, int stride)
    {
        for (int channel = 0; channel < segment.Channels; channel++)
        {
            var levels = _levels[channel].AsSpan(0, segment.Frames * stride);
            _voiceBands[channel].Process(segment[channel], levels);
            _envelopes[channel].Follow(levels);
        }
    }

    private void Sound(int frames, int stride, BandBank bands, ThroatSource source, HissDetector detector)
    {
        Span<float> throat = stackalloc float[SegmentClock.Frames];
        for (int n = 0; n < frames; n++)
        {
            float hiss = (float)_hiss.Next();
            ReadOnlySpan<float> levels = _levels[0].AsSpan(n * stride, stride);
            if (_levels.Length > 1)
            {
                levels.CopyTo(_loudest);
                for (int channel = 1; channel < _levels.Length; channel++)
                {
                    for (int i = 0; i < stride; i++)
                        _loudest[i] = Math.Max(_loudest[i], _levels[channel][(n * stride) + i]);
                }

                levels = _loudest;
            }

            throat[n] = source.Next(hiss * detector.Next(levels));
        }

        bands.Process(throat[..frames], _buzz.AsSpan(0, frames * stride));
    }

    [MethodImpl(Kernel.Strength)]
    private void Speak(AudioBlock segment, int stride)
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
                    sum += new Vector<float>(levels, at + lane) * new Vector<float>(_buzz, at + lane) * new Vector<float>(_weights, lane);
                samples[n] += (float)_mix.Next() * (Vector.Sum(sum) - samples[n]);
            }
        }
    }

    private void Flush()
    {
        for (int i = 0; i < _voiceBands.Length; i++)
        {
            _voiceBands[i].Flush();
            _envelopes[i].Flush();
        }

        _detector?.Flush();
    }
}
