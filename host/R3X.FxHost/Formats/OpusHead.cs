using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Formats;

/// <summary>The packet an Opus stream begins with (RFC 7845, 5.1), of one channel or two.</summary>
/// <param name="Channels">1 or 2.</param>
/// <param name="PreSkip">Frames at 48 kHz that precede the line.</param>
/// <param name="InputRate">The rate the line had before it was encoded, in Hz; 0 where nobody knows.</param>
/// <param name="Gain">What the decoder is to add, in 1/256 dB.</param>
internal readonly record struct OpusHead(int Channels, int PreSkip, int InputRate, int Gain)
{
    public const int Bytes = 19;

    /// <summary>What all Opus is decoded at.</summary>
    public const int Rate = 48_000;

    /// <summary>Reads it; false for anything else, and for more than two channels.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out OpusHead head)
    {
        head = default;
        if (packet.Length < Bytes || !packet.StartsWith("OpusHead"u8) || packet[8] > 15 || packet[9] is not (1 or 2)
            || packet[18] != 0)
            return false;
        head = new OpusHead(
            packet[9],
            BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]),
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(packet[12..]), int.MaxValue),
            BinaryPrimitives.ReadInt16LittleEndian(packet[16..]));
        return true;
    }

    /// <summary>Whether a file begins with it; null where more bytes are needed to know.</summary>
    public static bool? Begins(ReadOnlySpan<byte> file)
    {
        int start = OggPage.HeadBytes + 1;
        return file.Length < start + Bytes ? null : file[26] == 1 && TryRead(file[start..], out _);
    }

    public void Write(Span<byte> target)
    {
        "OpusHead"u8.CopyTo(target);
        target[8] = 1;
        target[9] = (byte)Channels;
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], (ushort)PreSkip);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], (uint)InputRate);
        BinaryPrimitives.WriteInt16LittleEndian(target[16..], (short)Gain);
        target[18] = 0;
    }
}
