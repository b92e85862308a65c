using System;
using BenchmarkDotNet.Attributes;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Benchmarks;

/// <summary>The toolbox effects are made of, a block of 1,024 mono frames an operation; the samples are copied in
/// first, as <see cref="Copy"/> shows.</summary>
public class KernelBenchmarks
{
    private const int Frames = 1_024;

    private readonly float[] _sound = Sound.Make(Frames);
    private readonly AudioBuffer _buffer = new(1, Frames);
    private readonly float[] _other = new float[Frames];
    private readonly float[] _fast = new float[R3X.FxHost.Sdk.Dsp.Oversampler.Factor * SegmentedEffect.SegmentFrames];
    private readonly StateVariableFilter _filter = new(channels: 1);
    private readonly StateVariableFilter _filters = new(channels: 1, sections: 2);
    private readonly EnvelopeFollower _envelope = new(Sound.SampleRate);
    private readonly Oversampler _oversampler = new(channels: 1);
    private readonly FirFilter _fir = new(Sound.Make(64));
    private readonly FixedDelay _delay = new(channels: 1, frames: 353);
    private readonly Oscillator _oscillator = new(Sound.SampleRate);
    private readonly SpeechMeter _meter = new(new AudioFormat(Sound.SampleRate, 1));

    /// <summary>Gives everything its setting.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var peak = new StateVariableCoefficients(MatchedFilters.Peak(4_000.0 / Sound.SampleRate, 0.7, 3));
        _filter.JumpTo(peak);
        _filters.JumpTo(new StateVariableCoefficients(
            MatchedFilters.HighPass(100.0 / Sound.SampleRate, MatchedFilters.ButterworthQ)));
        _filters.JumpTo(peak, section: 1);
        _envelope.JumpTo(5, 50);
        _oscillator.JumpTo(50);
    }

    /// <summary>What every other figure includes.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => _sound.AsSpan().CopyTo(_buffer[0]);

    /// <summary>One matched peak.</summary>
    [Benchmark]
    public void StateVariableFilter()
    {
        Copy();
        _filter.Process(_buffer.Block(Frames));
    }

    /// <summary>A high-pass and a peak in one pass.</summary>
    [Benchmark]
    public void StateVariableFilterTwice()
    {
        Copy();
        _filters.Process(_buffer.Block(Frames));
    }

    /// <summary>The compressor's decoupled smooth detector.</summary>
    [Benchmark]
    public void EnvelopeFollower()
    {
        Copy();
        _envelope.Process(_buffer[0]);
    }

    /// <summary>Four times the rate and back.</summary>
    [Benchmark]
    public void Oversampler()
    {
        for (int at = 0; at < Frames; at += SegmentedEffect.SegmentFrames)
        {
            _oversampler.Up(0, _sound.AsSpan(at, SegmentedEffect.SegmentFrames), _fast);
            _oversampler.Down(0, _fast, _other.AsSpan(at, SegmentedEffect.SegmentFrames));
        }
    }

    /// <summary>64 taps.</summary>
    [Benchmark]
    public void FirFilter()
    {
        Copy();
        for (int at = 0; at < Frames; at += SegmentedEffect.SegmentFrames)
            _fir.Process(_buffer[0].Slice(at, SegmentedEffect.SegmentFrames));
    }

    /// <summary>A whole number of frames of delay.</summary>
    [Benchmark]
    public void FixedDelay() => _delay.Process(0, _sound, _other);

    /// <summary>A sine.</summary>
    /// <returns>Something that depends on it.</returns>
    [Benchmark]
    public float Oscillator()
    {
        float last = 0;
        for (int at = 0; at < Frames; at += SegmentedEffect.SegmentFrames)
            last = _oscillator.Next(SegmentedEffect.SegmentFrames)[^1];
        return last;
    }

    /// <summary>RMS, peak and eight bands for lights.</summary>
    [Benchmark]
    public void SpeechMeter()
    {
        Copy();
        AudioBlock block = _buffer.Block(Frames);
        while (_meter.Measure(ref block, out _))
        {
        }
    }

    /// <summary>A constant gain.</summary>
    [Benchmark]
    public void Scale()
    {
        Copy();
        Amplitude.Scale(_buffer[0], 0.5f);
    }
}
