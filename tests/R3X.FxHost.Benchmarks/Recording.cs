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
    public static Recording Of(ReadOnlySpan<byte> file)
    {
        using IDecoder decoder = Decoders.Open(null);
        var samples = new List<float>();
        var block = new AudioBuffer(1, BlockFrames);
        while (true)
        {
            int channels = decoder.Format?.Channels ?? 0;
            if (channels > block.Channels)
                block = new AudioBuffer(channels, BlockFrames);
            DecodeStep step = decoder.Decode(file, true, block.Block(BlockFrames));
            file = file[step.BytesConsumed..];
            samples.AddRange(block[0][..step.FramesWritten]);
            if (step is { BytesConsumed: 0, FramesWritten: 0 } && channels == (decoder.Format?.Channels ?? 0))
                break;
        }

        return samples.Count > 0 ? new Recording(decoder.Format!.Value.SampleRate, [.. samples]) : throw new InvalidDataException("There is no sound in it.");
    }
}
