using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Players;

/// <summary>Samples without a header, as a player's arguments describe them.</summary>
/// <param name="Coding">As ffmpeg names them: <c>s16le</c>, <c>f32le</c>, <c>mulaw</c>, <c>u8</c> and so on.</param>
/// <param name="Rate">In Hz.</param>
/// <param name="Channels">How many.</param>
internal sealed record RawSamples(string Coding, int Rate, int Channels)
{
    private const int MostChannels = 8;

    /// <summary>Samples as arguments spell them.</summary>
    /// <param name="coding">As ffmpeg names it.</param>
    /// <param name="rate">A number.</param>
    /// <param name="channels">A number, <c>mono</c> or <c>stereo</c>.</param>
    /// <returns>Null where a number is none.</returns>
    public static RawSamples? Of(string coding, string rate, string channels)
    {
        channels = channels switch { "mono" => "1", "stereo" => "2", _ => channels };
        return int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out int hertz)
            && int.TryParse(channels, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? new RawSamples(coding, hertz, count) : null;
    }

    /// <summary>The use of a player that plays them; null where they are not understood.</summary>
    public PlayerUse? Use(IReadOnlyList<string> notFollowed)
    {
        if (Rate is < AudioFormat.MinimumSampleRate or > AudioFormat.MaximumSampleRate
            || Channels is < 1 or > MostChannels)
            return null;
        string? name = Coding switch { "s16le" => "pcm", "f32le" => "f32", "mulaw" => "ulaw", "alaw" => "alaw",
            _ => null };
        if (name is not null && Channels <= 2)
        {
            string rate = Rate.ToString(CultureInfo.InvariantCulture);
            return Use($"{name}_{rate}{(Channels == 2 ? "_stereo" : "")}", head: null);
        }

        return Coding switch
        {
            "u8" or "s16le" or "s24le" or "s32le" => Use(null, WavHead(1)),
            "f32le" or "f64le" => Use(null, WavHead(3)),
            _ => null,
        };

        PlayerUse Use(string? name, byte[]? head) => new(name, head, FrameBytes, notFollowed);
    }

    private int SampleBytes => Coding switch
    {
        "s16le" => 2,
        "s24le" => 3,
        "s32le" or "f32le" => 4,
        "f64le" => 8,
        _ => 1,
    };

    private int FrameBytes => SampleBytes * Channels;

    // Its sizes say "until the end".
    private byte[] WavHead(ushort tag)
    {
        byte[] head = new byte[44];
        "RIFF"u8.CopyTo(head);
        head.AsSpan(4, 4).Fill(0xFF);
        "WAVEfmt "u8.CopyTo(head.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(20), tag);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22), (ushort)Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(24), (uint)Rate);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(28), (uint)(Rate * FrameBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(32), (ushort)FrameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(34), (ushort)(SampleBytes * 8));
        "data"u8.CopyTo(head.AsSpan(36));
        head.AsSpan(40, 4).Fill(0xFF);
        return head;
    }
}
