using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>Opens a WebSocket to the service for each of a caller's.</summary>
/// <param name="upstream">The service.</param>
/// <param name="processed">Runs lines through their chains.</param>
/// <param name="selections">Which sound.</param>
/// <param name="settings">How much may come.</param>
internal sealed class SpeechSockets(
    Upstream upstream, ProcessedAnswer processed, Selections selections, LiveSettings settings)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>Serves a caller to its end.</summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="ending">What follows the voice in its path.</param>
    public async Task AcceptAsync(HttpContext context, string ending)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problem.WriteAsync(context, StatusCodes.Status426UpgradeRequired,
                $"{context.Request.Path} is a WebSocket.", "Open it with ws:// in place of http://.");
            return;
        }

        if (upstream.ElevenLabs.Address is null)
        {
            await Problem.WriteNoServiceAsync(context, upstream.ElevenLabs);
            return;
        }

        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        using (place)
        {
            string? voice = context.Request.RouteValues["voice"]?.ToString();
            string path = voice is null ? "/v1/text-to-dialogue"
                : "/v1/text-to-speech/" + Uri.EscapeDataString(selections.PlainVoice(voice));
            using ClientWebSocket? service = await ConnectAsync(
                context, path + ending + Upstream.QueryFor(context.Request));
            if (service is null)
                return;
            using WebSocket caller = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                SubProtocol = service.SubProtocol,
                KeepAliveInterval = KeepAlive,
                KeepAliveTimeout = KeepAlive,
            });
            var lines = new SocketLines(context.Request, processed, selections, voice);
            await using var relay = new SpeechSocket(caller, service, lines, selections, settings.Current);
            await relay.RunAsync(context.RequestAborted);
        }
    }

    private async Task<ClientWebSocket?> ConnectAsync(HttpContext context, string path)
    {
        try
        {
            return await upstream.ConnectAsync(upstream.ElevenLabs, context.Request, path, context.RequestAborted);
        }
        catch (ServiceRefusedException e)
        {
            foreach ((string name, IEnumerable<string> values) in e.Headers)
            {
                if (Upstream.IsHandedOn(name))
                    context.Response.Headers[name] = new([.. values]);
            }

            await Problem.WriteAsync(context, e.Status, e.Message, "See what the service says to this status.");
        }
        catch (Exception e) when (e is WebSocketException or System.Net.Http.HttpRequestException)
        {
            await Problem.WriteUnreachableAsync(context, upstream.ElevenLabs, e);
        }

        return null;
    }
}
