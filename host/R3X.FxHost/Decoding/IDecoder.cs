using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Turns the bytes of one line into samples. Bytes may come cut anywhere; the samples are the same however they were
/// cut. One line, one decoder, one thread at a time.
/// </summary>
internal interface IDecoder : IDisposable
{
    /// <summary>The line's rate and channels; null until enough bytes came to know.</summary>
    AudioFormat? Format { get; }

    /// <summary>What was odd about the input but did not cost the sound, each a whole sentence.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Decodes until the input is used up or the output is full. While <see cref="Format"/> is unknown it takes bytes,
    /// writes no frames and returns as soon as the format is known; call again with the rest and an output of that
    /// format.
    /// </summary>
    /// <param name="input">The bytes that follow those consumed so far.</param>
    /// <param name="endOfInput">Whether nothing follows <paramref name="input"/>.</param>
    /// <param name="output">Room for frames in <see cref="Format"/>; anything while that is unknown.</param>
    /// <returns>
    /// How far it came. With <paramref name="endOfInput"/> and all bytes consumed, call on with an empty input until no
    /// frames come.
    /// </returns>
    /// <exception cref="UnreadableAudioException">The input holds no sound, or none this decoder
    /// understands.</exception>
    DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output);
}
