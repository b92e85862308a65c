using System;
using System.Collections.Generic;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>Brings sound from above 96 kHz, which chains do not run at, to half its rate.</summary>
internal sealed class RateFitDecoder : IDecoder
{
    private const int ScratchFrames = 1_024;

    private readonly IDecoder _source;
    private readonly Resampler _resampler;
    private readonly AudioBuffer _scratch;
    private readonly string _warning;
    private int _start;
    private int _frames;
    private bool _ended;

    /// <summary>Wraps a decoder whose format is known.</summary>
    public RateFitDecoder(IDecoder source, AudioFormat given)
    {
        int rate = given.SampleRate % 2 == 0 ? given.SampleRate / 2 : AudioFormat.MaximumSampleRate;
        _source = source;
        _resampler = new Resampler(given.SampleRate, rate, given.Channels);
        _scratch = new AudioBuffer(given.Channels, ScratchFrames);
        _warning = $"The input has {given.SampleRate} Hz, above the {AudioFormat.MaximumSampleRate} Hz that chains run at; it was brought to {rate} Hz.";
        Format = given with { SampleRate = rate };
    }

    public AudioFormat? Format { get; }

    public IReadOnlyList<string> Warnings => [_warning, .. _source.Warnings];

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        while (written < output.Frames)
        {
            if (_start == _frames && !_ended)
            {
                DecodeStep step = _source.Decode(input[consumed..], endOfInput, _scratch.Block(ScratchFrames));
                consumed += step.BytesConsumed;
                _start = 0;
                _frames = step.FramesWritten;
                _ended = endOfInput && consumed == input.Length && _frames == 0;
            }

            AudioBlock rest = output.Slice(written, output.Frames - written);
            if (_ended)
            {
                written += _resampler.Flush(rest);
                break;
            }

            if (_frames == _start)
                break;
            ResampleStep resampled = _resampler.Process(_scratch.Block(_start, _frames - _start), rest);
            _start += resampled.FramesConsumed;
            written += resampled.FramesProduced;
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose() => _source.Dispose();
}
