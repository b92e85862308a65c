using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Formats;
using R3X.FxHost.Presets;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>POST /r3x/speak</c>: a line on the host's loudspeaker.</summary>
internal static class Speaking
{
    // A caller whose server is killed knows to a quarter of a second how much was heard.
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/speak", SpeakAsync)
        .WithSummary("Speaks a line on the host's loudspeaker, while it arrives.")
        .WithDescription("The body is the line's audio, of any size and pace. With \"Accept: text/event-stream\" the "
            + "answer is sent at once and tells how far the line is: every state it comes to, and the latest every "
            + "250 ms, until its end. Else the answer is its last state. A line that is interrupted is no error.")
        .TakesAudio().TakesSelection()
        .Produces<UtteranceStatus>(StatusCodes.Status200OK, "application/json", EventStream.ContentType);

    private static async Task SpeakAsync(HttpContext context, FxHost host, SpokenLines lines, OpenTurns turns,
        SpeechCache cache, Selections selections, ProcessedAnswer processed, ServeSettings settings,
        [AsParameters] SpeakQuery query)
    {
        if (query.InputFormat is { } name && !AudioFormatName.TryParse(name, out _, out string? reason))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, reason, "It stands in input_format.");
            return;
        }

        if (query.Wait is not (null or "finished" or "accepted"))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest,
                $"wait is \"{query.Wait}\", which is nothing to wait for.", "Say finished or accepted.");
            return;
        }

        if (query.Disconnect is not (null or "play" or "interrupt"))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest,
                $"disconnect is \"{query.Disconnect}\", which is nothing to do.", "Say play or interrupt.");
            return;
        }

        OpenTurn? turn = null;
        if (query.Turn is not null && (turn = await turns.FindAsync(context, query.Turn)) is null)
            return;
        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        using (place)
        {
            var upload = new Upload(context.Request, settings.Limits);
            SpeechSelection selection = selections.Of(context.Request, queryPrefix: "");
            SpeechAudio audio = upload.Audio(query.InputFormat);
            if (query.Cache is { } key)
                audio = cache.Find(key) ?? cache.Keep(key, audio);
            if (await EnqueueAsync(context, host, turn, audio, selection, query)
                is { } utterance)
                await AnswerAsync(context, lines.Add(utterance), upload, query);
        }
    }

    private static async Task<Utterance?> EnqueueAsync(HttpContext context, FxHost host, OpenTurn? turn,
        SpeechAudio audio, SpeechSelection selection, SpeakQuery query)
    {
        try
        {
            return Enqueue(host.Queue, turn, audio, selection, query);
        }
        catch (SpeechQueueFullException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                $"{host.Queue.Capacity} lines wait already.", "Try again when one was heard, or give those that "
                + "outdate each other a tag.");
        }
        catch (InvalidOperationException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict,
                $"The turn {query.Turn} is complete; nothing can be added.", "Begin another one.");
        }

        return null;
    }

    private static Utterance Enqueue(
        SpeechQueue queue, OpenTurn? turn, SpeechAudio audio, SpeechSelection selection, SpeakQuery query)
    {
        if (turn is null)
            return queue.Speak(audio, selection, query.Options());
        if (queue.Waiting >= queue.Capacity)
            throw new SpeechQueueFullException(queue.Capacity);
        return turn.Add(audio, selection == SpeechSelection.Default ? null : selection);
    }

    private static async Task AnswerAsync(
        HttpContext context, SpokenLine line, Upload upload, SpeakQuery query)
    {
        Task reading = upload.ReadAsync(CallerGone);
        try
        {
            if (EventStream.IsAskedFor(context.Request))
            {
                var events = new EventStream(context);
                await events.StartAsync(context.RequestAborted);
                await foreach (UtteranceStatus status in line.FollowAsync(Repeat, context.RequestAborted))
                    await events.SendAsync("utterance", status, context.RequestAborted);
            }
            else
            {
                await (query.Wait == "accepted" ? Task.WhenAny(reading, line.Ended) : line.Ended)
                    .WaitAsync(context.RequestAborted);
                await context.Response.WriteAsJsonAsync(line.Latest, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            CallerGone();
        }

        await Task.WhenAny(reading, line.Ended);
        // A line that is kept was bought, and is read to its end also when it is interrupted.
        if (query.Cache is null || !upload.IsBegun)
            upload.Stop();
        await reading;

        // What had arrived is spoken, unless silence was asked for: then also of a line of which nothing is heard yet,
        // which without its sound would have failed.
        void CallerGone()
        {
            if (query.Disconnect == "interrupt")
                line.Utterance?.Interrupt();
        }
    }
}
