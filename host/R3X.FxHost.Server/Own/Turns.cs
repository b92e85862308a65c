using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/turns</c>: lines that follow each other without a gap.</summary>
internal static class Turns
{
    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/turns", BeginAsync)
            .WithSummary("Begins a turn: lines that follow each other without a gap.")
            .WithDescription("Its lines are spoken with POST /r3x/speak?turn=ID and go, with the same selection, "
                + "through one chain. It has to be completed; one that nobody asks for is completed after ten "
                + "minutes.")
            .TakesSelection().Produces<TurnStatus>();
        routes.MapGet("/turns/{id}", static async (HttpContext context, OpenTurns turns, string id) =>
            await AnswerAsync(context, await turns.FindAsync(context, id)))
            .WithSummary("How far a turn is.").Produces<TurnStatus>();
        routes.MapPost("/turns/{id}/complete", static async (HttpContext context, OpenTurns turns, string id) =>
        {
            OpenTurn? turn = await turns.FindAsync(context, id);
            turn?.Complete();
            await AnswerAsync(context, turn);
        }).WithSummary("Says that nothing more comes of a turn.").Produces<TurnStatus>();
        routes.MapDelete("/turns/{id}", static async (HttpContext context, OpenTurns turns, string id) =>
        {
            OpenTurn? turn = await turns.FindAsync(context, id);
            turn?.Interrupt();
            await AnswerAsync(context, turn);
        }).WithSummary("Interrupts a turn: silent within 30 ms, or never heard.").Produces<TurnStatus>();
    }

    private static async Task BeginAsync(HttpContext context, FxHost host, OpenTurns turns, Selections selections,
        [AsParameters] PlaceQuery query)
    {
        Turn turn = host.Queue.BeginTurn(selections.Of(context.Request, queryPrefix: ""), query.Options());
        if (turns.TryAdd(turn) is { } open)
        {
            await AnswerAsync(context, open);
            return;
        }

        turn.Interrupt();
        await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
            "As many turns are open as may be.", "Complete those that are over.");
    }

    private static Task AnswerAsync(HttpContext context, OpenTurn? turn) =>
        turn is null ? Task.CompletedTask : context.Response.WriteAsJsonAsync(turn.Status);
}
