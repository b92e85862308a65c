using System;
using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// The format of samples, as events tell it. The decoder gets it as the head of a WAV file; where another head stands
/// in the middle of a line, it brings what follows to the first one's format.
/// </summary>
/// <param name="Rate">Frames per second.</param>
/// <param name="Width">Bytes of a sample.</param>
/// <param name="Channels">Channels.</param>
internal readonly record struct WaveHead(int Rate, int Width, int Channels)
{
    // Nobody knows the length of what is still being spoken.
    private const uint Open = 0xFFFF_FFFF;

    private const int Bytes = 44;

    /// <summary>What an <c>audio-start</c> or <c>audio-chunk</c> says; null where it says no format.</summary>
    public static WaveHead? Of(JsonObject data) =>
        Number(data, "rate") is { } rate && Number(data, "width") is > 0 and <= 4 and { } width
            && Number(data, "channels") is > 0 and <= 32 and { } channels
            ? new WaveHead(rate, width, channels) : null;

    /// <summary>The head's bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] head = new byte[Bytes];
        Span<byte> at = head;
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], Open);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(at[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], (short)Channels);
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], unchecked(Rate * Width * Channels));
        BinaryPrimitives.WriteInt16LittleEndian(at[32..], (short)(Width * Channels));
        BinaryPrimitives.WriteInt16LittleEndian(at[34..], (short)(Width * 8));
        "data"u8.CopyTo(at[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(at[40..], Open);
        return head;
    }

    private static int? Number(JsonObject data, string name) =>
        data[name] is JsonValue value && value.TryGetValue(out int number) && number > 0 ? number : null;
}
