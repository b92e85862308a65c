using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>GET /r3x/events</c>: what is heard, told when it is heard.</summary>
internal static class Events
{
    // About a second of levels. Whoever takes nothing at all is disconnected by Kestrel's lowest rate.
    private const int MostBehind = 64;

    private const string Level = "level";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private static readonly string[] Kinds = ["utterance", Level, "duck", "mic"];

    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", TellAsync)
        .AnswersEvents(typeof(UtteranceStatus), typeof(LevelEvent), typeof(DuckEvent), typeof(MicStatus))
        .WithSummary("What is heard, told when it is heard, as server-sent events.")
        .WithDescription("utterance: a line has come to another state. level: how loud it is, every 20 ms. duck: music "
            + "of your own is to fade. mic: whether to listen. A caller who is slow loses levels, the oldest first.");

    private static async Task TellAsync(
        HttpContext context, FxHost host, Ending ending,
        [Description("Which events, with commas between; all unless said.")] string? only)
    {
        string[] kinds = only?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? Kinds;
        if (kinds.FirstOrDefault(static kind => !Kinds.Contains(kind)) is { } unknown)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest,
                $"There is no event \"{unknown}\" for only.", $"There are {string.Join(", ", Kinds)}.");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var news = Channel.CreateUnbounded<(string Name, object Data)>();
        Task all = Task.WhenAll(kinds.Distinct().Select(kind => kind switch
        {
            Level => PassAsync(kind, host.Levels(end.Token), LevelEvent.Of, news.Writer),
            "duck" => PassAsync(kind, host.Queue.Ducking(end.Token), DuckEvent.Of, news.Writer),
            "mic" => PassAsync(kind, host.Queue.MicMutes(end.Token), MicStatus.Of, news.Writer),
            _ => PassUtterancesAsync(kind, host.Queue.Events(end.Token), news.Writer),
        }));
        // What was told by then is still sent.
        using CancellationTokenRegistration over = ending.Over.Register(() => news.Writer.TryComplete());
        try
        {
            await SendAsync(new EventStream(context), news.Reader, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller is gone.
        }

        await end.CancelAsync();
        await all.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static async Task SendAsync(
        EventStream events, ChannelReader<(string Name, object Data)> news, CancellationToken cancellation)
    {
        await events.StartAsync(cancellation);
        Task<bool>? waiting = null;
        while (true)
        {
            try
            {
                waiting ??= news.WaitToReadAsync(cancellation).AsTask();
                if (!await waiting.WaitAsync(Quiet, cancellation))
                    return;
                waiting = null;
                while (news.TryRead(out (string Name, object Data) one))
                {
                    if (one.Name != Level || news.Count <= MostBehind)
                        await events.SendAsync(one.Name, one.Data, cancellation);
                }
            }
            catch (TimeoutException)
            {
                await events.KeepAliveAsync(cancellation);
            }
        }
    }

    private static async Task PassAsync<T>(
        string name, IAsyncEnumerable<T> source, Func<T, object> tell, ChannelWriter<(string Name, object Data)> news)
    {
        await foreach (T one in source)
            news.TryWrite((name, tell(one)));
    }

    private static async Task PassUtterancesAsync(
        string name, IAsyncEnumerable<SpeechEvent> source, ChannelWriter<(string Name, object Data)> news)
    {
        await foreach (SpeechEvent one in source)
        {
            // Its end is told a moment before it is known in full.
            UtteranceStatus status = one.State >= UtteranceState.Done
                ? UtteranceStatus.Of(one.Utterance, await one.Utterance.Finished)
                : UtteranceStatus.Of(one.Utterance, one.State, one.Moment);
            news.TryWrite((name, status));
        }
    }
}
