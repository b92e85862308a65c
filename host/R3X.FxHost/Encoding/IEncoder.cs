using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>Turns samples into the bytes of a file or a pipe, written as they come. One thread at a time.</summary>
public interface IEncoder : IDisposable
{
    /// <summary>The format the blocks come in.</summary>
    AudioFormat Format { get; }

    /// <summary>
    /// How much later than it was given the sound comes out of a decoder that cuts off what the file or stream tells it
    /// to and no more, in frames of <see cref="Format"/>. For times that go with the sound, such as those of words: on
    /// a stream MP3 is 1,105 frames late, AAC 1,024, and the rest is not.
    /// </summary>
    int DelayFrames => 0;

    /// <summary>What was odd about the blocks so far, a whole sentence; null when nothing was.</summary>
    string? Warning => null;

    /// <summary>Encodes and writes a block.</summary>
    /// <param name="block">Any number of frames in <see cref="Format"/>.</param>
    /// <exception cref="System.IO.IOException">The stream could not be written.</exception>
    void Write(AudioBlock block);

    /// <summary>Writes what is held back and, where the stream can seek, the true sizes. Leaves the stream
    /// open.</summary>
    void Complete();
}
