using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>POST /r3x/process</c>: audio in, processed audio out, while it arrives.</summary>
internal static class Processing
{
    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/process", static (
            HttpContext context, Selections selections, ProcessedAnswer processed, ServeSettings settings,
            [AsParameters] ProcessQuery query) =>
        AnswerAsync(context, processed, settings, query, selections.Of(context.Request, queryPrefix: "")))
        .TakesAudio().TakesSelection().AnswersAudio()
        .WithSummary("Answers a line with effects, while it arrives.")
        .WithDescription("The body is the line's audio, of any size and pace. X-R3X-Preset of the answer names the "
            + "preset, X-R3X-Warning says what fell back. With dry=keep the answer is multipart/mixed: the line with "
            + "effects, then without, both in the output format.");

    /// <summary>Answers with a processed line.</summary>
    /// <param name="context">The request, whose body is the line.</param>
    /// <param name="processed">Runs it through its chain.</param>
    /// <param name="settings">How long it may take.</param>
    /// <param name="query">How it is taken and answered.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="bundled">The line in place of the body; null for the body.</param>
    public static async Task AnswerAsync(HttpContext context, ProcessedAnswer processed, ServeSettings settings,
        ProcessQuery query, SpeechSelection selection, byte[]? bundled = null)
    {
        if (query.Check(out OutputFormat output) is var (message, fix))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, message, fix);
            return;
        }

        if (await processed.TakePlaceAsync(context) is not { } place)
            return;
        if (query.Level == "off")
            selection = selection with { KeepsLevel = true };
        using (place)
        {
            var upload = new Upload(context.Request, settings.Limits, keeps: query.Dry == "keep");
            Task reading = bundled is null ? upload.ReadAsync() : Task.CompletedTask;
            SpeechAudio audio = bundled is null ? upload.Audio(query.InputFormat, query.IsMeasured)
                : SpeechAudio.FromBytes(bundled);
            await (query.Dry == "keep"
                ? new BothAnswer(context, processed, settings, output).WriteAsync(audio, selection, RefuseAsync,
                    () => SpeechAudio.FromBytes(bundled ?? upload.Kept, query.InputFormat))
                : processed.WriteAsync(context, audio, output, AudioType.Of(output.Name), selection,
                    RefuseAsync));
            upload.Stop();
            await reading;

            Task RefuseAsync(string reason) => upload.IsTooLarge
                ? Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, reason,
                    "Send less, or raise limits: body under serve: in host.yaml.")
                : Problem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, reason,
                    "Send audio, and name headerless audio with input_format.");
        }
    }
}
