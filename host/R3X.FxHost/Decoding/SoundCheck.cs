using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>Tells whether bytes are a line: whether a frame of sound comes out of them. Any thread.</summary>
internal static class SoundCheck
{
    private const int Frames = 64;

    /// <summary>Decodes up to the first sound.</summary>
    /// <param name="bytes">All of the line.</param>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public static bool HoldsSound(ReadOnlySpan<byte> bytes, string? inputFormat)
    {
        try
        {
            using IDecoder decoder = Decoders.Open(inputFormat);
            AudioBuffer? output = null;
            while (true)
            {
                DecodeStep step = decoder.Decode(bytes, endOfInput: true, (output ?? new AudioBuffer(1, Frames)).Block(Frames));
                bytes = bytes[step.BytesConsumed..];
                if (step.FramesWritten > 0)
                    return true;
                if (output is null && decoder.Format is { } format)
                    output = new AudioBuffer(format.Channels, Frames);
                else if (step.BytesConsumed == 0)
                    return false;
            }
        }
        catch (Exception e) when (e is UnreadableAudioException or FormatException)
        {
            return false;
        }
    }
}
