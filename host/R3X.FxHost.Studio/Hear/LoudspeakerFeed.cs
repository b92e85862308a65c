using System.Net.WebSockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Studio.Hear;

/// <summary>Plays at the host's loudspeaker, and tells the browser the meters.</summary>
internal sealed class LoudspeakerFeed(WebSocket socket, Audition audition, Sound sound)
{
    // Two seconds: a page that does not take them in loses the oldest.
    private const int MostMeters = 60;

    private readonly Channel<byte[]> _meters = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MostMeters) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Plays until the page goes away.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task playing = sound.Host.PlayAuditionAsync(
            audition, (meters, delay) => _meters.Writer.TryWrite(MeterMessage.Of(meters, delay)), ended.Token);
        Task telling = TellAsync(ended.Token);
        Task first = await Task.WhenAny(playing, telling, WaitForCloseAsync(ended.Token));
        await ended.CancelAsync();
        await Task.WhenAll(playing, telling).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (first == playing && playing.Exception?.InnerException is DeviceException e)
            sound.Tell(e.Message);
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        await foreach (byte[] meters in _meters.Reader.ReadAllAsync(cancellation))
            await socket.SendAsync(meters, WebSocketMessageType.Text, true, cancellation);
    }

    private async Task WaitForCloseAsync(CancellationToken cancellation)
    {
        byte[] asked = new byte[64];
        while ((await socket.ReceiveAsync(asked, cancellation)).MessageType != WebSocketMessageType.Close)
        {
        }
    }
}
