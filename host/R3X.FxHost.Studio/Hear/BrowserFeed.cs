using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Studio.Hear;

/// <summary>
/// Feeds a browser at the pace of its own clock: each message in says up to which frame it wants to have the sound (a
/// little-endian double), and so many go out, in messages of the first one's number (the same) and the samples, channel
/// by channel, as little-endian floats. Meters go out as text when their frames have.
/// </summary>
internal sealed class BrowserFeed(WebSocket socket, Audition audition)
{
    // More is not asked for by a page that plays.
    private const double MostAheadSeconds = 1;
    private const int HeadBytes = sizeof(double);

    private readonly List<byte[]> _meters = [];

    /// <summary>Feeds it until it goes away.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        int channels = audition.Format.Channels;
        var block = new AudioBuffer(channels, audition.Format.Frames(10));
        byte[] message = new byte[HeadBytes + (channels * block.Frames * sizeof(float))];
        byte[] asked = new byte[64];
        long given = 0;
        audition.Metered += Note;
        try
        {
            audition.Begin();
            while (await socket.ReceiveAsync(asked, cancellation) is var got
                && got.MessageType != WebSocketMessageType.Close)
            {
                double wanted = got.Count == HeadBytes ? BinaryPrimitives.ReadDoubleLittleEndian(asked) : given;
                wanted = Math.Min(wanted, given + (MostAheadSeconds * audition.Format.SampleRate));
                while (given < wanted)
                {
                    audition.Read(block.Block(block.Frames));
                    Write(message, given, block);
                    given += block.Frames;
                    await socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellation);
                    foreach (byte[] meters in _meters)
                        await socket.SendAsync(meters, WebSocketMessageType.Text, true, cancellation);
                    _meters.Clear();
                }
            }
        }
        finally
        {
            audition.Metered -= Note;
        }
    }

    private void Note(AuditionMeters meters) => _meters.Add(MeterMessage.Of(meters, TimeSpan.Zero));

    private static void Write(Span<byte> message, long frame, AudioBuffer block)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(message, frame);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            int at = HeadBytes + (channel * block.Frames * sizeof(float));
            MemoryMarshal.AsBytes(block[channel]).CopyTo(message[at..]);
        }
    }
}
