using System.ComponentModel;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/utterances</c> and what holds for all of the queue: interrupt, pause, resume.</summary>
internal static class Utterances
{
    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/utterances/{id}", static (HttpContext context, SpokenLines lines, string id) =>
            AnswerAsync(context, lines.Find(id), id))
            .WithSummary("How far a line is. One that has ended is known for ten minutes.")
            .Produces<UtteranceStatus>();
        routes.MapDelete("/utterances/{id}", static (HttpContext context, SpokenLines lines, string id) =>
        {
            SpokenLine? line = lines.Find(id);
            line?.Utterance?.Interrupt();
            return AnswerAsync(context, line, id);
        }).WithSummary("Interrupts a line and the rest of its turn: silent within 30 ms, or never heard.")
            .Produces<UtteranceStatus>();
        routes.MapGet("/queue", static (FxHost host) => QueueStatus.Of(host))
            .WithSummary("What is heard, and how much waits.");
        routes.MapPost("/interrupt", static (FxHost host,
            [Description("Whether what waits is ended, too.")] bool? all) =>
        {
            if (all == true)
                host.Queue.InterruptAll();
            else
                host.Queue.Interrupt();
            return QueueStatus.Of(host);
        }).WithSummary("Ends the turn that is heard; with all=true everything that waits, too.");
        routes.MapPost("/pause", static (FxHost host) => Pause(host, true))
            .WithSummary("Pauses within 30 ms. What is queued meanwhile waits.");
        routes.MapPost("/resume", static (FxHost host) => Pause(host, false))
            .WithSummary("Goes on from where it was paused.");
    }

    private static QueueStatus Pause(FxHost host, bool isPaused)
    {
        host.Queue.IsPaused = isPaused;
        return QueueStatus.Of(host);
    }

    private static Task AnswerAsync(HttpContext context, SpokenLine? line, string id) => line is null
        ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"There is no line {id}, or none any more.",
            "Lines that have ended are known for ten minutes, and only to the server that took them.")
        : context.Response.WriteAsJsonAsync(line.Latest);
}

/// <summary>The queue, as JSON.</summary>
/// <param name="Turn">The name of the turn that is heard, or would be next; null when there is none.</param>
/// <param name="Waiting">How many lines wait: those that are not yet read.</param>
/// <param name="Capacity">How many may wait.</param>
/// <param name="Paused">Whether playback is paused.</param>
internal sealed record QueueStatus(string? Turn, int Waiting, int Capacity, bool Paused)
{
    /// <summary>The queue now.</summary>
    public static QueueStatus Of(FxHost host) =>
        new(host.Queue.Current?.Id, host.Queue.Waiting, host.Queue.Capacity, host.Queue.IsPaused);
}
