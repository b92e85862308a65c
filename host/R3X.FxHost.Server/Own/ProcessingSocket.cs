using System;
using System.ComponentModel;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary>The WebSocket of <c>/r3x/process</c>.</summary>
internal static class ProcessingSocket
{
    // A caller who is gone without a word is noticed within half a minute.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/process", AnswerAsync)
        .TakesSelection()
        .WithSummary("A WebSocket that takes a line and answers it with effects, while it arrives.")
        .WithDescription("""
            In: the line's audio in binary messages, cut anywhere; {"type":"flush"} where the voice rests, for what the
            chain holds back; {"type":"end"}. Out: {"type":"start","sample_rate",...}, the audio in binary messages,
            with levels=true {"type":"level","rms_db",...} for every 20 ms of it, and {"type":"done","report"} or
            {"type":"error","message"}. Then it is closed.
            """)
        .Produces<SocketMessage>(StatusCodes.Status101SwitchingProtocols);

    private static async Task AnswerAsync(HttpContext context, Selections selections, ProcessedAnswer processed,
        ServeSettings settings, IHostApplicationLifetime lifetime, IOptions<JsonOptions> json,
        [AsParameters] ProcessQuery query,
        [Description("Whether to tell how loud the processed sound is.")] bool? levels)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problem.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket.",
                "Open it as one, or POST the line.");
            return;
        }

        if (query.Check(out OutputFormat output) is var (message, fix))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, message, fix);
            return;
        }

        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        using (place)
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
            var input = new SocketInput(socket, settings.Limits);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            end.CancelAfter(settings.Limits.Time);
            // When the server ends, the line has as long as one that is heard; then it ends with what has arrived.
            using var last = new CancellationTokenSource();
            await using CancellationTokenRegistration cut = last.Token.Register(input.End);
            await using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(
                () => last.CancelAfter(Ending.LastLine));
            SpeechAudio audio = input.Audio(query.InputFormat);
            SpeechSelection selection = selections.Of(context.Request, queryPrefix: "");
            await new SocketLine(socket, input, output, levels ?? false, json.Value.SerializerOptions).RunAsync(
                processed, query.IsMeasured == true ? audio.MeasuredFirst() : audio,
                query.Level == "off" ? selection with { KeepsLevel = true } : selection, end);
        }
    }
}
