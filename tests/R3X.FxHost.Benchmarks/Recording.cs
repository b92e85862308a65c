using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>A sound file, decoded.</summary>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Samples">The first channel, full scale at 1.</param>
internal sealed record Recording(int SampleRate, float[] Samples)
{
    private const int BlockFrames = 1_024;

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="InvalidDataException">There is no sound in it.</exception>
    public static Recording Of(ReadOnlyMemory<byte> file)
    {
        using var reader = new LineReader(SpeechAudio.FromBytes(file));
        AudioFormat format = reader.Open();
        var samples = new List<float>();
        var block = new AudioBuffer(format.Channels, BlockFrames);
        while (reader.Read(block.Block(BlockFrames)) is var frames and > 0)
            samples.AddRange(block[0][..frames]);
        return samples.Count > 0 ? new Recording(format.SampleRate, [.. samples])
            : throw new InvalidDataException("There is no sound in it.");
    }
}
