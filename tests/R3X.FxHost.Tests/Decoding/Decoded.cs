using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>A line decoded to its end, the way the interface asks for.</summary>
internal sealed record Decoded(AudioFormat Format, float[][] Channels, IReadOnlyList<string> Warnings)
{
    public int Frames => Channels[0].Length;

    public static CodecTools AllTools { get; } = CodecTools.Installed();

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The whole line.</param>
    /// <param name="name">Its format, or null.</param>
    /// <param name="cuts">Sizes of the chunks, used round and round; null gives it whole.</param>
    /// <param name="room">Frames of the output block.</param>
    public static Decoded From(
        byte[] bytes, string? name = null, IReadOnlyList<int>? cuts = null, int room = 1_024, CodecTools? tools = null)
    {
        using IDecoder decoder = Decoders.Open(name is null ? null : AudioFormatName.Parse(name), tools ?? AllTools);
        return From(decoder, bytes, cuts, room);
    }

    public static Decoded From(IDecoder decoder, byte[] bytes, IReadOnlyList<int>? cuts, int room)
    {
        List<float>[] channels = [[], []];
        var output = new AudioBuffer(2, room);
        int start = 0;
        int cut = 0;
        bool end;
        do
        {
            int size = cuts is null ? bytes.Length : cuts[cut++ % cuts.Count];
            ReadOnlySpan<byte> chunk = bytes.AsSpan(start, Math.Min(size, bytes.Length - start));
            start += chunk.Length;
            end = start == bytes.Length;
            int idle = 0;
            while (true)
            {
                bool known = decoder.Format is not null;
                DecodeStep step = decoder.Decode(chunk, end, Room(decoder, output));
                chunk = chunk[step.BytesConsumed..];
                if (!known && step.FramesWritten > 0)
                    throw new InvalidOperationException("Frames came before their format.");
                for (int channel = 0; channel < (decoder.Format?.Channels ?? 0); channel++)
                    channels[channel].AddRange(output[channel][..step.FramesWritten]);
                bool moved = step.BytesConsumed > 0 || step.FramesWritten > 0 || known != (decoder.Format is not null);
                idle = moved ? 0 : idle + 1;
                if (idle > 1_000)
                    throw new InvalidOperationException("The decoder neither takes nor gives.");
                if (chunk.IsEmpty && (end ? known && step.FramesWritten == 0 : step.FramesWritten == 0))
                    break;
            }
        }
        while (!end);
        return new Decoded(
            decoder.Format!.Value,
            [.. channels.Take(decoder.Format.Value.Channels).Select(c => c.ToArray())],
            [.. decoder.Warnings]);
    }

    /// <summary>The samples as other programs write them.</summary>
    public float[] Interleaved()
    {
        float[] samples = new float[Frames * Channels.Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = Channels[i % Channels.Length][i / Channels.Length];
        return samples;
    }

    public bool SameSamples(Decoded other) => Format == other.Format
        && Channels.Zip(other.Channels).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static AudioBlock Room(IDecoder decoder, AudioBuffer output)
        => decoder.Format is { Channels: 1 } ? new AudioBlock(output[0]) : output.Block(output.Frames);
}
