using System;
using System.Net.WebSockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.StandIn;

/// <summary>ElevenLabs' four WebSockets.</summary>
internal sealed class ElevenLabsSockets
{
    public void Map(IEndpointRouteBuilder app)
    {
        foreach ((string path, bool isMulti) in new[] { ("stream-input", false), ("multi-stream-input", true) })
        {
            app.MapGet("/v1/text-to-speech/{voice}/" + path, (HttpContext c) => AcceptAsync(c, isMulti));
            app.MapGet("/v1/text-to-dialogue/" + path, (HttpContext c) => AcceptAsync(c, isMulti));
        }
    }

    private static async Task AcceptAsync(HttpContext context, bool isMulti)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.SendJsonAsync(new { detail = "Upgrade Required" }, StatusCodes.Status426UpgradeRequired);
            return;
        }

        string? voice = context.Request.RouteValues["voice"]?.ToString();
        Behaviour how = context.BehaviourFor(voice);
        if (how.Html)
        {
            await context.SendAsync(how, [], "", TimeSpan.Zero);
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        using var speech = new SpeechSocket(context, socket, how, voice, isMulti);
        await speech.RunAsync();
    }
}
