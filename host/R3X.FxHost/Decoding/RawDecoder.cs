using System;
using System.Collections.Generic;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>Headerless samples: 16-bit PCM, mu-law or A-law, at a rate somebody had to name.</summary>
internal sealed class RawDecoder : IDecoder
{
    private readonly List<string> _warnings = [];
    private readonly FrameReader _reader;
    private bool _anySound;
    private bool _ended;

    public RawDecoder(SampleCoding coding, AudioFormat format)
    {
        _reader = new FrameReader(coding, format.Channels);
        Format = format;
    }

    public AudioFormat? Format { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        DecodeStep step = _reader.Read(input, output);
        _anySound |= step.FramesWritten > 0;
        if (endOfInput && !_ended && step.BytesConsumed == input.Length)
            End();
        return step;
    }

    public void Dispose()
    {
    }

    private void End()
    {
        _ended = true;
        if (!_anySound)
        {
            throw new UnreadableAudioException(_reader.HeldBytes == 0
                ? "The input is empty: not one byte came. Check what was to write it."
                : $"The input holds {_reader.HeldBytes} bytes, less than one frame of {_reader.FrameBytes} bytes. "
                    + "Check what was to write it.");
        }

        if (_reader.HeldBytes > 0)
        {
            _warnings.Add(
                $"The input ends {_reader.HeldBytes} of {_reader.FrameBytes} bytes into a frame; the unfinished frame "
                    + "was left out.");
        }
    }
}
