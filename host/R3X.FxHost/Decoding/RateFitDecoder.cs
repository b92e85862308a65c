using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>Brings sound from above 96 kHz, which chains do not run at, to half its rate.</summary>
internal sealed class RateFitDecoder : IDecoder
{
    private readonly IDecoder _source;
    private readonly FormatFit _fit;
    private readonly string _warning;
    private bool _ended;

    /// <summary>Wraps a decoder whose format is known.</summary>
    public RateFitDecoder(IDecoder source, AudioFormat given)
    {
        int rate = given.SampleRate % 2 == 0 ? given.SampleRate / 2 : AudioFormat.MaximumSampleRate;
        AudioFormat format = given with { SampleRate = rate };
        _source = source;
        _fit = new FormatFit(given, format);
        _warning = $"The input has {given.SampleRate} Hz, above the {AudioFormat.MaximumSampleRate} Hz that chains run"
            + $" at; it was brought to {rate} Hz.";
        Format = format;
    }

    public AudioFormat? Format { get; }

    public IReadOnlyList<string> Warnings => [_warning, .. _source.Warnings];

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = _fit.Take(output);
        while (written < output.Frames && !_ended)
        {
            DecodeStep step = _source.Decode(input[consumed..], endOfInput, _fit.Input);
            consumed += step.BytesConsumed;
            _fit.Given(step.FramesWritten);
            _ended = endOfInput && consumed == input.Length && step.FramesWritten == 0;
            if (_ended)
                _fit.End();
            else if (step.FramesWritten == 0)
                break;
            written += _fit.Take(output.Slice(written, output.Frames - written));
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose() => _source.Dispose();
}
