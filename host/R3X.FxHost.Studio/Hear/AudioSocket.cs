using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace R3X.FxHost.Studio.Hear;

/// <summary>
/// The WebSocket of a page's audio: its line sounds while it is open. Out go frames, as many as the browser asks for,
/// and meters; at the host's loudspeaker, meters alone.
/// </summary>
internal static class AudioSocket
{
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(StudioFront.Path + "/audio", AnswerAsync);

    private static async Task AnswerAsync(
        HttpContext context, SoundStore sounds, IHostApplicationLifetime lifetime, string page, SoundOutput output)
    {
        if (!context.WebSockets.IsWebSocketRequest || sounds.Find(page) is not { Audition: { } audition } sound)
        {
            context.Response.StatusCode = context.WebSockets.IsWebSocketRequest
                ? StatusCodes.Status404NotFound : StatusCodes.Status426UpgradeRequired;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        if (sound.Begin(output))
        {
            try
            {
                await (output == SoundOutput.Browser
                    ? new BrowserFeed(socket, audition).RunAsync(ended.Token)
                    : new LoudspeakerFeed(socket, audition, sound).RunAsync(ended.Token));
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The page went away.
            }
            finally
            {
                sound.End();
            }
        }

        await CloseAsync(socket);
    }

    private static async Task CloseAsync(WebSocket socket)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // It is gone already.
        }
    }
}
